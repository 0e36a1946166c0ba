import assert from "node:assert/strict";
import { openTestDatabase } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

Deno.test("report measures other windows by a calendar, shows them, and copies all measures", async () => {
  await using temp = await makeTempFolder();
  const folder = temp.path;
  const { sql, address, close } = await openTestDatabase();
  try {
    await putStores(sql, [{ id: "s", zone: "UTC", polls: ["18:00 active"] }, {
      id: "down",
      polls: ["2023-01-01 12:00 inactive"],
    }]);
    const env = { ...environmentOf(address), REPORTS_DIR: `${folder}/reports` };
    const windows = "last_36h,yesterday,previous_month";
    const args = ["--windows", windows, "--calendar", "europe/berlin", "--out", `${folder}/out.csv`];
    const { code, out, err } = await runTask("report", args, env);
    assert.equal(code, 0, err);
    assert.match(out, /^last 36 hours +50\.00 %/m);
    assert.match(out, /^yesterday +50\.00 %/m);
    assert.match(out, /^previous month +100\.00 %/m);
    assert.match(out, /\nResult: .*\.result\.arrow \(Arrow; --out writes it as CSV, Parquet or for Excel\)/);
    const [header = "", first = ""] = (await Deno.readTextFile(`${folder}/out.csv`)).split("\n");
    assert.match(header, /^store_id,name,timezone,window,from,to,/);
    assert.match(first, /^down,,America\/Chicago,last_36h,2023-01-24T06:00:00Z,2023-01-25T18:00:00Z,36\.00,/);
  } finally {
    await close();
  }
});

Deno.test("report refuses windows and calendars that there are not, with what they must be", async () => {
  for (
    const [args, reason] of [
      [["--windows", "today,last_0d"], /--windows.*"last_0d" must count from 1/],
      [["--windows", "today,today"], /"today" must be there only once/],
      [["--windows", ""], /must be last_hour.*2026-W43/],
    ] as const
  ) {
    const { code, err } = await runTask("report", [...args], {});
    assert.equal(code, 2);
    assert.match(err, reason);
  }
});

Deno.test("a calendar that the zone rules do not have is refused", async () => {
  await using temp = await makeTempFolder();
  const folder = temp.path;
  const { address, close } = await openTestDatabase();
  const env = { ...environmentOf(address), REPORTS_DIR: folder };
  const { code, err } = await runTask("report", ["--calendar", "Mars/Olympus"], env);
  await close();
  assert.equal(code, 2);
  assert.match(err, /--calendar must be an IANA time zone such as Europe\/Berlin, not "Mars\/Olympus"/);
});
