import assert from "node:assert/strict";
import { openTestDatabase } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { environmentOf, runTask, startTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const POLL = JSON.stringify({
  store_id: "a",
  status: "active",
  timestamp_utc: new Date(Date.now() + 3 * 86_400_000).toISOString(),
});

Deno.test("start warns of polls with impossible times, and MAX_POLL_AHEAD keeps new ones out", async () => {
  const database = await openTestDatabase();
  await using folder = await makeTempFolder();
  const env = { ...environmentOf(database.address), REPORTS_DIR: folder.path, PORT: "0" };
  try {
    await putStores(database.sql, [{ id: "a", polls: ["1980-01-01 09:00 active", "2099-01-01 09:00 active"] }]);
    for (const [ahead, accepted] of [["", 0], ["P1W", 1]] as const) {
      await using service = startTask("start", [], { ...env, MAX_POLL_AHEAD: ahead });
      await service.says(/"polls ahead of the clock".*2099-01-01T09:00:00Z.*retain --after 20/);
      await service.says(/"polls before 2000".*retain --before 2000-01-01/);
      const [, url = ""] = await service.says(/"listening","url":"([^"]+)"/);
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`${url}/polls`, { method: "POST", headers, body: POLL });
      assert.equal((await answer.json()).accepted, accepted);
      service.kill("SIGTERM");
      await service.ended();
    }
    assert.equal((await runTask("retain", ["--after", "2026-01-01", "--before", "2000-01-01", "--yes"], env)).code, 0);
    await using service = startTask("start", [], env);
    const [before = ""] = await service.says(/[^]*"listening"/);
    assert.doesNotMatch(before, /polls ahead|polls before/);
    service.kill("SIGTERM");
    await service.ended();
  } finally {
    await database.close();
  }
});

Deno.test("MAX_POLL_AHEAD that is no duration is refused by name", async () => {
  const { code, err } = await runTask("start", [], { MAX_POLL_AHEAD: "one day" });
  assert.equal(code, 2);
  assert.match(err, /MAX_POLL_AHEAD is "one day", but must be an ISO 8601 duration/);
});
