import assert from "node:assert/strict";
import fc from "fast-check";
import { isWithin, narrowed } from "../../src/domain/access/narrower.ts";
import type { TagFilter } from "../../src/domain/tags/tag_filter.ts";
import { openSeen, pathOf } from "../../src/db/access/seen.ts";
import { idsWhere } from "../../src/db/tags/tags.ts";
import { close, type Sql } from "../../src/db/connection/client.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";

const KEYS = ["region", "brand", "is"] as const;
const VALUES = ["West", "East", 'a"b', "é\\ü", "😀", "0", "null", "$"] as const;

const filters = fc.dictionary(fc.constantFrom(...KEYS), fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }), {
  minKeys: 1,
  maxKeys: 3,
});
const tags = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 3 });

/** Whether a store with some tags fits a filter, in the words of the contract. */
function fits(store: Readonly<Record<string, string>>, filter: TagFilter): boolean {
  return Object.entries(filter).every(([key, values]) => values.some((value) => store[key] === value));
}

Deno.test("a narrowed filter finds what both find", () => {
  fc.assert(fc.property(filters, filters, tags, (asked, seen, store) => {
    assert.equal(fits(store, narrowed(asked, seen)), fits(store, asked) && fits(store, seen));
    assert.ok(isWithin(narrowed(asked, seen), seen));
    assert.deepEqual(narrowed(undefined, seen), narrowed(seen, seen));
  }));
});

Deno.test("a filter is within another if each store that it can find is found by the other", () => {
  fc.assert(fc.property(filters, filters, tags, (narrow, wide, store) => {
    if (isWithin(narrow, wide) && fits(store, narrow)) assert.ok(fits(store, wide));
    assert.ok(isWithin(narrow, undefined) && !isWithin(undefined, wide));
    assert.ok(isWithin(narrow, narrow));
  }));
});

Deno.test("a filter without tags is no filter", () => {
  assert.throws(() => pathOf({}), RangeError);
});

async function within<Result>(sql: Sql, where: TagFilter, work: (seen: Sql) => Promise<Result>): Promise<Result> {
  const seen = openSeen(sql, where);
  return await work(seen).finally(() => close(seen));
}

databaseTest("what is seen are the stores that a filter finds, whatever their tags are", async ({ sql }) => {
  const some = fc.sample(tags, 60);
  await sql`
    insert into stores (store_id, tags)
    select 's' || place, tags::jsonb from unnest(${
    some.map((each) => JSON.stringify(each))
  }::text[]) with ordinality as t (tags, place)`;
  for (const filter of fc.sample(filters, 25)) {
    const rows = await within(
      sql,
      filter,
      async (seen) => await seen<{ id: string }[]>`select store_id as id from stores`,
    );
    assert.deepEqual(new Set(rows.map(({ id }) => id)), await idsWhere(sql, filter), JSON.stringify(filter));
  }
});

/** Tables that these connections need as they are. Rules for all stores, keys of stores that changed, keys of requests. */
const SHARED = ["all_stores", "idempotency_keys", "store_changes"];

databaseTest("each table is seen as rows of one's own stores alone, or not at all", async ({ sql }) => {
  await putStores(sql, [
    { id: "a", polls: ["09:00 active"], hours: [[0, "09:00", "17:00"]] },
    { id: "b", polls: ["10:00 active"], hours: [[0, "09:00", "17:00"]] },
  ]);
  await sql`update stores set tags = jsonb_build_object('region', case store_id when 'a' then 'West' else 'East' end)`;
  await within(sql, { region: ["West"] }, async (seen) => {
    const [own] = await seen<{ key: number }[]>`select store_key as key from stores`;
    const tables = await sql<{ name: string; has_key: boolean }[]>`
      select relname as name, exists (
        select from pg_attribute where attrelid = pg_class.oid and attname = 'store_key') as has_key
      from pg_class where relnamespace = 'storewatch'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition`;
    const bare: string[] = [];
    for (const { name, has_key: hasKey } of tables) {
      const [view] = await seen<{ schema: string }[]>`
        select relnamespace::regnamespace::text as schema from pg_class where oid = ${name}::regclass`;
      if (view?.schema !== "storewatch_seen") bare.push(name);
      if (!hasKey) continue;
      const rows = await seen<{ key: number | null }[]>`select store_key as key from ${seen(name)}`;
      assert.ok(rows.every(({ key }) => key === null || key === own?.key), name);
    }
    assert.deepEqual(bare.sort(), SHARED);
    assert.equal((await seen`select from poll_days`).length, 1);
    const [latest] = await seen<
      { is_own: boolean }[]
    >`select to_char(max(at), 'HH24:MI') = '09:00' as is_own from latest_polls`;
    assert.equal(latest?.is_own, true);
  });
});

databaseTest(
  "each view has the columns of its table: a migration that adds one calls provide_seen_views",
  async ({ sql }) => {
    const differing = await sql<{ name: string }[]>`
    select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relkind in ('r', 'p', 'v') and relnamespace in ('storewatch'::regnamespace, 'storewatch_seen'::regnamespace)
      and not relispartition and relname <> all(${[...SHARED, "latest_polls"]}::text[])
    group by relname, attname having count(*) <> 2`;
    assert.deepEqual(differing.map(({ name }) => name), []);
  },
);

databaseTest("a change that leaves what is seen, or that concerns other stores, is refused", async ({ sql }) => {
  await putStores(sql, [{ id: "a" }, { id: "b" }]);
  await sql`update stores set tags = jsonb_build_object('region', case store_id when 'a' then 'West' else 'East' end)`;
  await sql`insert into exclusions (written_from, written_to, is_local, from_micros, to_micros, kind, reason, made_by, for_all)
    values ('x', 'x', false, 0, 1, 'other', 'all', 'command', true), ('x', 'x', false, 0, 1, 'other', 'both', 'command', false)`;
  await sql`insert into exclusion_stores select store_key, exclusion_id from stores, exclusions where reason = 'both'`;
  await within(sql, { region: ["West"] }, async (seen) => {
    const refused: Record<string, () => Promise<unknown>> = {
      "a store of its own": async () => await seen`insert into stores (store_id) values ('c')`,
      "another tag": async () => await seen`update stores set tags = '{"region": "East"}'`,
      "a rule for all": async () =>
        await seen`insert into special_hours (date, start_times, end_times) values ('2023-01-01', '{}', '{}')`,
      "an exclusion for all": async () => await seen`update exclusions set reason = 'x' where reason = 'all'`,
      "a shared exclusion": async () => await seen`update exclusions set reason = 'x' where reason = 'both'`,
      "a report of all stores": async () =>
        await seen`insert into reports (report_id, made_by, request) values (gen_random_uuid(), 'queue', '{}')`,
      "the latest poll": async () => await seen`delete from latest_polls`,
    };
    for (const [what, change] of Object.entries(refused)) {
      await assert.rejects(change, (error) => {
        assert.match(String(Reflect.get(Object(error), "code")), /^(44000|SW403|55000)$/, what);
        return true;
      }, what);
    }
    assert.equal((await seen`update stores set tags = tags || '{"brand": "Wraps"}'`).count, 1);
    assert.equal((await seen`delete from stores where store_id = 'b'`).count, 0);
  });
});
