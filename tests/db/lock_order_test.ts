import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { Months } from "../../src/db/polls/partitions.ts";
import { stagePolls } from "../../src/db/polls/stage_polls.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { instant } from "../support/build.ts";
import { storedPolls } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

databaseTest(
  "a first load and live polls of the same new stores never wait for each other in a circle",
  async ({ sql }) => {
    const at = instant("09:00");
    // Another session makes a store. Sessions that make it too wait for that one, and keep the locks that they hold.
    const live = await transaction(sql, async (tx) => {
      await tx`insert into stores (store_id) values ('a')`;
      const live = mergePolls(sql, [{ storeId: "a", at, active: true }, { storeId: "b", at, active: true }]);
      await delay(300);
      const load = transaction(sql, async (tx) => {
        const staging = await stagePolls(tx, { sql, months: new Months() });
        await staging.add([{ storeId: "b", at, active: true }, { storeId: "c", at, active: true }], [2, 3]);
        return await staging.merge();
      });
      await delay(300);
      return { both: Promise.all([live, load]) };
    });
    await live.both;
    assert.deepEqual(await storedPolls(sql), ["a", "b", "c"].map((store) => `${store} ${at} active`));
  },
);
