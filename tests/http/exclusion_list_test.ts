import assert from "node:assert/strict";
import fc from "fast-check";
import { change, show } from "../support/calendar_requests.ts";
import { EXCLUSIONS } from "../support/calendar_rows.ts";
import { importText } from "../support/csv_file.ts";
import { putStores } from "../support/fleet.ts";
import { openService, type TestService } from "../support/http_service.ts";

interface Listed {
  readonly exclusion_id: string;
  readonly from: string;
  readonly to: string;
}

function isListed(item: unknown): item is Listed {
  return typeof item === "object" && item !== null && "exclusion_id" in item;
}

/** All ids, read page by page. Something may be done before each next page. */
async function idsOf({ app }: TestService, query: string, between = async () => {}): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = "";;) {
    const { json, status } = await show(app, `/exclusions?${query}${cursor}`);
    assert.equal(status, 200, query);
    const list: unknown = json.exclusions;
    assert.ok(Array.isArray(list) && list.every(isListed));
    ids.push(...list.map(({ exclusion_id }) => exclusion_id));
    if (json.next_cursor === null) return ids;
    cursor = `&cursor=${json.next_cursor}`;
    await between();
  }
}

const HOUR = 3_600_000;
const START = Date.UTC(2023, 0, 1);

/** An exclusion of the test, in hours after its start. */
const anExclusion = fc.record({
  stores: fc.constantFrom(["a"], ["b"], ["a", "b"], ["c"], ["*"]),
  kind: fc.constantFrom("planned", "pause"),
  from: fc.integer({ min: 0, max: 60 }),
  hours: fc.integer({ min: 1, max: 30 }),
  isLocal: fc.boolean(),
  isWithdrawn: fc.boolean(),
});

function timeAt(hour: number): string {
  return new Date(START + hour * HOUR).toISOString();
}

Deno.test("exclusions are filtered as a filter in memory does, and listed page by page", async () => {
  await using service = await openService();
  const { app, sql } = service;
  await putStores(sql, ["a", "b", "c", "d"].map((id) => ({ id })));
  await sql`update stores set tags = '{"region": "West"}' where store_id in ('b', 'c')`;
  const given = fc.sample(anExclusion, { numRuns: 40, seed: 4 });
  const all: ((typeof given)[number] & { id: string })[] = [];
  for (const one of given) {
    const shown = (hour: number) => one.isLocal ? timeAt(hour).replace("Z", "") : timeAt(hour);
    const [from, to] = [shown(one.from), shown(one.from + one.hours)];
    const { json } = await change(app, "POST /exclusions", {
      from,
      to,
      stores: one.stores,
      kind: one.kind,
      reason: "",
    });
    const id = String(json.exclusion_id);
    if (one.isWithdrawn) await app.request(`/exclusions/${id}`, { method: "DELETE" });
    all.unshift({ ...one, id });
  }
  const hour = fc.option(fc.integer({ min: -20, max: 100 }), { nil: undefined });
  const query = fc.record({
    store_id: fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: undefined }),
    where: fc.option(fc.constantFrom("region:West", "region:East"), { nil: undefined }),
    kind: fc.option(fc.constantFrom("planned", "pause"), { nil: undefined }),
    withdrawn: fc.option(fc.boolean(), { nil: undefined }),
    from: hour,
    to: hour,
    limit: fc.integer({ min: 1, max: 50 }),
  });
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      const { store_id: store, where, kind, withdrawn, from = -Infinity, to = Infinity } = asked;
      const tagged = where === undefined ? ["a", "b", "c", "d"] : where === "region:West" ? ["b", "c"] : [];
      const wanted = store === undefined && where === undefined
        ? undefined
        : tagged.filter((id) => store === undefined || id === store);
      const expected = all.filter((each) =>
        (wanted === undefined || wanted.some((id) => each.stores.some((store) => store === id || store === "*"))) &&
        (kind === undefined || each.kind === kind) && (withdrawn === undefined || each.isWithdrawn === withdrawn) &&
        each.from + each.hours + (each.isLocal ? 12 : 0) > from && each.from - (each.isLocal ? 14 : 0) < to
      );
      const parts = Object.entries(asked).flatMap(([name, value]) =>
        value === undefined
          ? []
          : [`${name}=${typeof value === "number" && name !== "limit" ? timeAt(value) : encodeURIComponent(value)}`]
      );
      assert.deepEqual(await idsOf(service, parts.join("&")), expected.map(({ id }) => id), parts.join("&"));
    }),
    { numRuns: 120 },
  );
});

Deno.test("exclusions that are made between two pages are neither repeated nor do they hide others", async () => {
  await using service = await openService();
  const { app } = service;
  const values = { from: "2023-01-25T08:30Z", to: "2023-01-25T09:00Z", kind: "pause", reason: "x", stores: ["*"] };
  const add = async () => String((await change(app, "POST /exclusions", values)).json.exclusion_id);
  const first: string[] = [];
  for (let made = 0; made < 7; made++) first.unshift(await add());
  assert.deepEqual(await idsOf(service, "limit=2", async () => void await add()), first);
});

Deno.test("exclusions of a file have the times that it writes, and a change keeps the end that it does not name", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const rows = ["a,1674637200,2023-01-25T14:00+02:00,pause,x", "a,2023-01-25 08:00,2023-01-25 9:00,planned,x"];
  await importText(sql, [EXCLUSIONS, ...rows, ""].join("\n"));
  const [local = "", instants = ""] = await idsOf(service, "store_id=a");
  const times = async (id: string) => {
    const { json: { from, to, made_by, stores } } = await show(app, `/exclusions/${id}`);
    return [from, to, made_by, stores];
  };
  assert.deepEqual(await times(instants), ["2023-01-25T09:00:00Z", "2023-01-25T12:00:00Z", "anonymous", ["a"]]);
  assert.deepEqual(await times(local), ["2023-01-25T08:00:00", "2023-01-25T09:00:00", "anonymous", ["a"]]);
  await change(app, `PATCH /exclusions/${instants}`, { reason: "y", to: "2023-01-25T13:00Z" });
  const [row] = await sql`select written_from, written_to, reason from exclusions where exclusion_id = ${instants}`;
  assert.deepEqual({ ...row }, { written_from: "1674637200", written_to: "2023-01-25T13:00Z", reason: "y" });
});

Deno.test("special hours are listed by date, a store's own before the rules for all stores", async () => {
  await using service = await openService();
  const { app } = service;
  const [first, second] = ["1000000000000000001", "1000000000000000002"];
  const put = async (id: string, date: string) =>
    await change(app, `PUT /stores/${id}/special-hours/${date}`, { openings: [], reason: id });
  for (const date of ["2023-12-26", "2023-12-24", "2023-12-25"]) await put("*", date);
  for (const date of ["2023-12-25", "2023-01-01"]) await put(first, date);
  const dates = async (id: string, query = "") => {
    const found: string[] = [];
    for (let cursor = "";;) {
      const { json } = await show(app, `/stores/${id}/special-hours?limit=2${query}${cursor}`);
      assert.ok(Array.isArray(json.special_hours));
      found.push(...json.special_hours.map(({ date, reason, for_all }) => `${date} ${reason} ${for_all}`));
      if (json.next_cursor === null) return found;
      cursor = `&cursor=${json.next_cursor}`;
    }
  };
  const rules = ["2023-12-24 * true", "2023-12-25 * true", "2023-12-26 * true"];
  const own = ["2023-12-24 * true", `2023-12-25 ${first} false`, "2023-12-26 * true"];
  assert.deepEqual(await dates(first), [`2023-01-01 ${first} false`, ...own]);
  assert.deepEqual(await dates(first, "&from=2023-12-24"), own);
  assert.deepEqual(await dates(second), rules);
  assert.deepEqual(await dates("*"), rules);
});
