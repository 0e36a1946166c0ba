import assert from "node:assert/strict";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { silentLog } from "../../src/log.ts";
import { keepTrends } from "../../src/trends/trend_keeper.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { instant } from "../support/build.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { RULES } from "../support/rules.ts";
import { reportedSum, shownSums } from "../support/trends.ts";
import { until } from "../support/until.ts";

databaseTest("a worker sums up dates in the background, until the service ends", async ({ sql, address }) => {
  await putStores(sql, [{ id: "a", zone: "UTC", polls: ["2023-01-23 12:00 inactive", "2023-01-25 00:00 active"] }]);
  using pool = new WorkerPool({ workers: 1, address, zoneRules: RULES });
  let looks = 0;
  // A report goes first.
  const isBusy = () => ++looks < 3;
  const end = keepTrends({ sql, zoneRules: RULES, compute: pool.computeDays, isBusy, log: silentLog });
  await until(async () => (await shownSums(sql)).shown.size === 2, "both dates are kept");
  await end();
  await mergePolls(sql, [{ storeId: "a", at: instant("2023-01-24 09:00"), active: true }]);
  const { shown, lacking } = await shownSums(sql);
  assert.deepEqual(lacking, ["a 2023-01-24"]);
  for (const [day, sums] of shown) assert.equal(sums, await reportedSum(sql, day));
});
