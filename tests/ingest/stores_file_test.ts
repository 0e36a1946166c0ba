/** Files of stores: names, sales, targets and tags. */
import assert from "node:assert/strict";
import { streamRejects } from "../../src/db/imports/rejects.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { takeTurn } from "../../src/db/stores/staging.ts";
import { findColumns } from "../../src/ingest/rows/columns.ts";
import { storedDetails } from "../support/calendar_rows.ts";
import { ANY_REJECTS, importText } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { until } from "../support/until.ts";

const STORES = "store_id,name,sales_per_hour,target_percent,Region,brand";

databaseTest("a file of stores sets names, sales, targets and tags; again, it changes nothing", async ({ sql }) => {
  const text = `${STORES}\na,Main Street,1250.50,99.5,West,Pronto\nb,,,,,\n`;
  const { kind, changed, storesNew } = await importText(sql, text);
  assert.deepEqual([kind, changed, storesNew], ["stores", 1, 2]);
  assert.deepEqual(await storedDetails(sql), [
    'a Main Street 1250.50 99.5 {"brand": "Pronto", "region": "West"}',
    "b - - - {}",
  ]);
  assert.equal((await importText(sql, text)).changed, 0);
});

databaseTest(
  "an absent column leaves values as they are, an empty cell removes; the last row counts",
  async ({ sql }) => {
    await importText(sql, `${STORES}\na,Main Street,1250,99.5,West,Pronto\n`);
    await importText(sql, "store_id,brand,city\na,x,y\na,,Oslo\n");
    assert.deepEqual(await storedDetails(sql), ['a Main Street 1250 99.5 {"city": "Oslo", "region": "West"}']);
    await importText(sql, "store_id,name,target_percent\na,,\n");
    assert.deepEqual(await storedDetails(sql), ['a - 1250 - {"city": "Oslo", "region": "West"}']);
  },
);

databaseTest("what is no number, no percentage or too long is rejected, and marks the store", async ({ sql }) => {
  const rows = [
    "a,x,-1,,,",
    "b,x,,99.12345,,",
    "c,x,,100.5,,",
    `d,x,,,${"x".repeat(65)},`,
    'e,x,"1,250",,,',
    "f,x,0,100,,",
  ];
  const { importId, warnings } = await importText(sql, [STORES, ...rows].join("\n"), ANY_REJECTS);
  const codes = await sql<{ code: string }[]>`select code from rejects where import_id = ${importId} order by line`;
  assert.deepEqual(codes.map(({ code }) => code), [
    "sales_negative",
    "target_digits",
    "target_out_of_range",
    "text_too_long",
    "sales_separators",
  ]);
  assert.deepEqual(warnings.map(({ code, storesTotal }) => [code, storesTotal]), [["details_rejected", 5]]);
  assert.equal((await storedDetails(sql))[5], "f x 0 100 {}");
});

databaseTest("a store has at most 32 tags, with those that it has already", async ({ sql }) => {
  const header = (from: number, count: number) => Array.from({ length: count }, (_, tag) => `t${from + tag}`).join(",");
  const values = (count: number) => Array.from({ length: count }, () => "x").join(",");
  const many = await importText(sql, `store_id,${header(0, 33)}\na,${values(33)}\n`, ANY_REJECTS);
  assert.equal(many.rejected, 1);
  await importText(sql, `store_id,${header(0, 20)}\na,${values(20)}\n`);
  const more = await importText(sql, `store_id,${header(20, 13)}\na,${values(13)}\nb,${values(13)}\n`, ANY_REJECTS);
  assert.equal(more.rejected, 1);
  const [reject] = await Array.fromAsync(streamRejects(sql, more.importId));
  assert.match(reject?.reason ?? "", /would have 33 tags, with those that it has\. At most 32 are possible/);
  const counts = await sql<{ tags: number }[]>`
    select (select count(*) from jsonb_object_keys(tags)) as tags from stores order by store_id`;
  assert.deepEqual(counts.map(({ tags }) => tags), [20, 13]);
});

databaseTest("two files at once do not give a store more tags than it may have", async ({ sql }) => {
  const tags = Array.from({ length: 20 }, (_, tag) => `s${tag}`);
  const { promise: hasTurn, resolve: onTurn } = Promise.withResolvers<void>();
  const { promise: goOn, resolve: commit } = Promise.withResolvers<void>();
  const first = transaction(sql, async (tx) => {
    await takeTurn(tx, "stores");
    await tx`insert into stores (store_id, tags) select 'a', jsonb_object_agg('t' || tag, 'x') from generate_series(1, 20) tag`;
    onTurn();
    await goOn;
  });
  await hasTurn;
  const second = importText(sql, `store_id,${tags.join(",")}\na,${tags.map(() => "x").join(",")}\n`, ANY_REJECTS);
  await until(
    async () =>
      (await sql`
        select from pg_locks join pg_database on pg_database.oid = database
        where datname = current_database() and locktype = 'advisory' and not granted`).length > 0,
    "the second file waits",
  );
  commit();
  await first;
  assert.equal((await second).rejected, 1);
  const [row] = await sql<
    { tags: number }[]
  >`select (select count(*) from jsonb_object_keys(tags)) as tags from stores`;
  assert.equal(row?.tags, 20);
});

Deno.test("headers that are no tags are named in a notice, and columns of other kinds in another", () => {
  const { kind, tags, notices } = findColumns(["store_id", "name", "State", "Zip Code", "état", "x_1"]);
  assert.deepEqual([kind, tags.map(({ key }) => key)], ["stores", ["state", "x_1"]]);
  assert.deepEqual(notices.map(({ message }) => message), [
    'Headers that are no tags were not read: "Zip Code", "état". A tag is a letter and up to 31 letters, digits or _',
  ]);
  const zones = findColumns(["store_id", "timezone", "name"]);
  assert.equal(zones.kind, "timezones");
  assert.match(zones.notices[0]?.message ?? "", /"name" would be read from a file of stores/);
});

Deno.test("the kinds are tried in their order, and the first whose columns are all there is taken", () => {
  const kindOf = (header: string) => findColumns(header.split(",")).kind;
  assert.equal(kindOf("store_id,status,timestamp_utc,day,date,start,end,from,to,kind,reason,tz,name"), "polls");
  assert.equal(kindOf("store_id,day,date,start,end,from,to,kind,reason,tz,name"), "hours");
  assert.equal(kindOf("store_id,date,start,end,from,to,kind,reason,tz,name"), "special-hours");
  assert.equal(kindOf("store_id,from,to,kind,reason,tz,name"), "exclusions");
  assert.equal(kindOf("store_id,tz,name"), "timezones");
  assert.equal(kindOf("store_id,kind"), "stores");
  assert.equal(kindOf("Store,City,State,Date"), "stores");
});

Deno.test("a file that looks like another kind without a column of it is not taken as one of stores", () => {
  const fails = (header: string, message: RegExp) => assert.throws(() => findColumns(header.split(",")), { message });
  fails("store_id,status,seen_at", /polls needs the column timestamp_utc.*load it as stores/);
  fails("store_id,from,to,reason", /exclusions needs the column kind/);
  fails("store_id,date,start_time_local", /special-hours needs the column end_time_local/);
  assert.equal(findColumns(["store_id", "status", "seen_at"], { kind: "stores" }).tags.length, 2);
  assert.throws(() => findColumns(["store_id"], { kind: "stores" }), { message: /needs a column beside store_id/ });
});
