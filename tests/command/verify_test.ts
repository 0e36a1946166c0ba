import assert from "node:assert/strict";
import { openTestDatabase } from "../support/database.ts";
import { putPolls, putStores } from "../support/fleet.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const LATE_POLL = `Report <id>, as of 2023-01-25T18:00:00Z: 2 of 6 rows differ now, of 1 store
Changed since the report was made:
  polls that the report uses

a: a late poll, of 2023-01-25T16:30:00.000001Z

store                 window            measure         then                    now
a                     last_day          up              24:00:00                23:30:00.000001
a                     last_day          down            0:00:00                 0:29:59.999999`;

Deno.test("deno task verify says whether a report comes out the same, in words and as JSON, and by its exit code", async () => {
  const { sql, address, close } = await openTestDatabase();
  await using folder = await makeTempFolder();
  const env = { ...environmentOf(address), REPORTS_DIR: folder.path, WORKERS: "1" };
  await putStores(sql, [{ id: "a", polls: ["15:00 active", "17:00 active"] }, { id: "b", polls: ["18:00 active"] }]);
  const made = await runTask("report", [], env);
  const [, reportId = ""] = /([0-9a-f-]{36})\.csv/.exec(made.out) ?? [];
  const same = await runTask("verify", [reportId.toUpperCase()], env);
  assert.deepEqual([same.code, same.err], [0, ""]);
  assert.equal(
    same.out,
    `Report ${reportId}, as of 2023-01-25T18:00:00Z: the report comes out the same now: all 6 rows are equal\n`,
  );
  await putPolls(sql, "a", ["16:30:00.000001 inactive"]);
  const late = await runTask("verify", [reportId], env);
  assert.equal(late.code, 1);
  assert.equal(late.out.slice(0, LATE_POLL.length + 32), LATE_POLL.replace("<id>", reportId));
  assert.match(late.err, /^storewatch: 2 rows differ\n$/);
  const json = await runTask("verify", ["--json", reportId], env);
  const { same: isSame, rows_differ, because, stores } = JSON.parse(json.out);
  assert.deepEqual([json.code, isSame, rows_differ, because.polls, stores[0].polls.late.count], [1, false, 2, true, 1]);
  const unknown = crypto.randomUUID();
  assert.match((await runTask("verify", [unknown], env)).err, new RegExp(`No report has the id ${unknown}`));
  assert.equal((await runTask("verify", ["x"], env)).code, 2);
  await close();
});
