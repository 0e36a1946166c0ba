import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { getImport } from "../../src/db/imports/imports.ts";
import { findRowsWithoutStore } from "../../src/db/imports/rows_without_store.ts";
import { findStoreGaps } from "../../src/db/stores/store_gaps.ts";
import type { Warning } from "../../src/domain/warning.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { lookAfter } from "../../src/ingest/look_after.ts";
import { ANY_REJECTS, HOURS, importText, POLLS, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const NOON = "2023-01-25 12:00:00 UTC";

function stores(
  warnings: readonly Warning[],
): Record<string, readonly string[]> {
  return Object.fromEntries(warnings.map(({ code, stores }) => [code, stores]));
}

async function rowsWithoutStore(sql: Sql): Promise<string | undefined> {
  return (await findRowsWithoutStore(sql))[0]?.message;
}

databaseTest("after a load all stores are looked at", async ({ sql }) => {
  await importText(sql, `${TIMEZONES}\nzoned,UTC\nwhole,UTC\n`);
  await importText(
    sql,
    `${HOURS}\nopened,0,09:00,17:00\nwhole,0,09:00,17:00\n`,
  );
  const polls = await importText(
    sql,
    `${POLLS}\npolled,active,${NOON}\nwhole,active,${NOON}\n`,
  );
  const { files: [result] } = await lookAfter(
    sql,
    [polls],
    (error) => assert.ifError(error),
  );
  assert.ok(result);
  const expected = {
    without_polls: ["opened", "zoned"],
    without_hours: ["polled"],
    without_zone: ["polled"],
  };
  assert.deepEqual(stores(result.warnings), expected);
  assert.deepEqual(
    stores((await getImport(sql, result.importId))?.warnings ?? []),
    expected,
  );
  await ingestPolls(sql, [{
    store_id: "zoned",
    status: "active",
    timestamp_utc: NOON,
  }]);
  assert.deepEqual(
    stores(await findStoreGaps(sql)).without_polls,
    ["opened"],
    "live polls count",
  );
});

databaseTest(
  "a warning counts all stores and names the first 20",
  async ({ sql }) => {
    const ids = Array.from(
      { length: 25 },
      (_, index) => `s${String(index).padStart(2, "0")}`,
    );
    const rows = ids.toReversed().map((id) => `${id},UTC`);
    const { storesNew, storesNewFirst } = await importText(
      sql,
      [TIMEZONES, ...rows].join("\n"),
    );
    const warnings = await findStoreGaps(sql);
    assert.deepEqual(
      warnings.map(({ code, storesTotal, stores }) => ({
        code,
        storesTotal,
        stores,
      })),
      [
        { code: "without_polls", storesTotal: 25, stores: ids.slice(0, 20) },
      ],
    );
    assert.match(
      warnings[0]?.message ?? "",
      /^25 stores have business hours or a time zone, but never had a poll/,
    );
    assert.deepEqual({ storesNew, storesNewFirst }, {
      storesNew: 25,
      storesNewFirst: ids.slice(0, 20),
    });
  },
);

databaseTest("only stores that did not exist are new", async ({ sql }) => {
  await importText(sql, `${TIMEZONES}\na,UTC\n`);
  const { storesNew, storesNewFirst } = await importText(
    sql,
    `${POLLS}\na,active,${NOON}\n1e5,active,${NOON}\n`,
  );
  assert.deepEqual({ storesNew, storesNewFirst }, {
    storesNew: 1,
    storesNewFirst: ["1e5"],
  });
});

databaseTest(
  "rows without a store count until an import of their kind rejects nothing",
  async ({ sql }) => {
    const lost = await importText(
      sql,
      `${POLLS}\n=x,active,${NOON}\n,active,${NOON}\na,active,${NOON}\n`,
      ANY_REJECTS,
    );
    const said = "Rejected rows whose store id cannot be read: 2 of polls. They are missing from some store";
    assert.deepEqual(
      lost.warnings.find(({ code }) => code === "rows_without_store"),
      {
        code: "rows_without_store",
        message: said,
        storesTotal: 0,
        stores: [],
      },
    );
    assert.equal(await rowsWithoutStore(sql), said);
    await importText(sql, `${TIMEZONES}\na,UTC\n`);
    assert.equal(await rowsWithoutStore(sql), said, "another kind");
    await importText(sql, `${POLLS}\n`);
    assert.equal(await rowsWithoutStore(sql), said, "no rows");
    await importText(sql, `${POLLS}\na,active,${NOON}\nb,?,${NOON}\n`);
    assert.equal(await rowsWithoutStore(sql), said, "another reject");
    await importText(sql, `${HOURS}\n,0,09:00,17:00\na,0,09:00,17:00\n`);
    assert.match(
      await rowsWithoutStore(sql) ?? "",
      /read: 1 of hours, 2 of polls/,
    );
    await importText(sql, `${POLLS}\na,active,${NOON}\n`);
    assert.match(await rowsWithoutStore(sql) ?? "", /read: 1 of hours\./);
  },
);

databaseTest(
  "rows without a store of a file that failed do not count: it changed nothing",
  async ({ sql }) => {
    await assert.rejects(importText(sql, `${POLLS}\n,active,${NOON}\n`));
    assert.equal(await rowsWithoutStore(sql), undefined);
  },
);
