import assert from "node:assert/strict";
import { addExclusion } from "../../src/actions/calendar/add_exclusion.ts";
import { putSpecialHours } from "../../src/actions/calendar/put_special_hours.ts";
import type { TagFilter } from "../../src/domain/tag_filter.ts";
import { putStores } from "../support/fleet.ts";
import { jsonOf, openService, statusOf, type TestService } from "../support/http_service.ts";
import { bearer, keyFor } from "../support/keys.ts";

const WEST: TagFilter = { region: ["West"] };
const OST: TagFilter = { region: ["Ost"] };
/** What no answer to a key for the West may have: ids, names and the latest poll of stores in the Ost, which all begin so. */
const FOREIGN = /\bost\b|2023-01-25[T ]11:11/i;

interface Region {
  readonly all: Headers;
  readonly west: Headers;
  readonly ost: Headers;
  readonly reports: Readonly<Record<"all" | "west" | "ost" | "inTheWest", string>>;
  readonly exclusions: Readonly<Record<"all" | "west" | "ost" | "both", string>>;
  readonly imported: string;
}

function headersOf(key: string): Headers {
  return new Headers(bearer(key));
}

async function ask(service: TestService, path: string, init: RequestInit): Promise<Response> {
  return await service.app.request(path, init);
}

async function reportOf(service: TestService, headers: Headers, query = ""): Promise<string> {
  const { report_id: id } = await jsonOf(await ask(service, `/trigger_report${query}`, { method: "POST", headers }));
  await service.make(String(id));
  return String(id);
}

/** Two regions, and what there is of each, of both and of all. */
async function openRegions(service: TestService): Promise<Region> {
  const { sql } = service;
  await putStores(sql, [
    { id: "west-1", zone: "UTC", hours: [[2, "08:00", "12:00"]], polls: ["08:00 active", "10:00 inactive"] },
    { id: "west-2", polls: ["09:00 active"] },
    { id: "ost-1", zone: "UTC", hours: [[2, "08:00", "12:00"]], polls: ["11:11 inactive"] },
    { id: "ost-2", polls: ["09:00 active"] },
  ]);
  await sql`update stores set name = store_id, tags = jsonb_build_object('region', initcap(split_part(store_id, '-', 1)))
    where store_id like '%st-_'`;
  const context = { sql, actor: "command" } as const;
  const times = { from: "2023-01-25T08:00Z", to: "2023-01-25T09:00Z", kind: "other" };
  const exclude = async (ids: readonly string[] | "all", reason: string) =>
    (await addExclusion(context, { ...times, reason, stores: ids === "all" ? ids : { ids } })).exclusionId;
  const exclusions = {
    all: await exclude("all", "for all"),
    west: await exclude(["west-1"], "ours"),
    ost: await exclude(["ost-1"], "in the Ost"),
    both: await exclude(["west-2", "ost-2"], "for two"),
  };
  await putSpecialHours(context, { storeId: "ost-1", date: "2023-01-24" }, { openings: [], reason: "Ost day" });
  const [all, west, ost] = await Promise.all([
    keyFor(sql, ["admin"], { name: "all" }),
    keyFor(sql, ["manage"], { name: "west", where: WEST }),
    keyFor(sql, ["manage"], { name: "elsewhere", where: OST }),
  ]).then((keys) => keys.map(headersOf));
  assert.ok(all && west && ost);
  const csv = { method: "POST", headers: { ...Object.fromEntries(all), "content-type": "text/csv" } };
  const file = await ask(service, "/imports/timezones", {
    ...csv,
    body: "store_id,timezone_str\nost-2,UTC\nost-3,x\n",
  });
  const reports = {
    all: await reportOf(service, all),
    west: await reportOf(service, west),
    ost: await reportOf(service, ost),
    inTheWest: await reportOf(service, all, "?where=region:West,brand:Wraps&as_of=2023-01-25T10:00:00Z"),
  };
  return { all, west, ost, exclusions, reports, imported: String((await jsonOf(file)).import_id) };
}

/** Every address that only reads, with every id that there is. */
function addresses(service: TestService, { reports, exclusions, imported }: Region): string[] {
  const ids: Record<string, readonly string[]> = {
    report_id: Object.values(reports),
    store_id: ["west-1", "west-2", "ost-1", "ost-2", "1000000000000000001", "*"],
    exclusion_id: Object.values(exclusions),
    import_id: [imported],
    kind: [imported],
    date: ["2023-01-24"],
    name: ["not-found"],
  };
  ids.id = [...ids.report_id ?? [], ...ids.store_id ?? []];
  const paths = service.app.routes.filter(({ method, path }) => method === "GET" && path !== "/trigger_report")
    .map(({ path }) => path.replaceAll(/\{.*\}(?=\/|$)/g, ""));
  const filled = [...new Set(paths)].reduce<string[]>((found, path) => [...found, ...fill(path, ids)], []);
  const asked = ["q=ost", "q=1", "where=region:Ost", "store_id=ost-1", "limit=100", "actor=key:elsewhere"];
  const queries = ["/stores", "/exclusions", "/audit", "/imports", "/reports", "/now", "/"].flatMap((path) =>
    asked.map((query) => `${path}?${query}`)
  );
  const [one = ""] = Object.values(reports);
  return [
    ...filled,
    ...queries,
    ...Object.values(reports).map((id) => `/get_report?report_id=${id}`),
    `/get_report/${one}`,
  ];
}

function fill(path: string, ids: Readonly<Record<string, readonly string[]>>): string[] {
  const [parameter, name = ""] = /:(\w+)/.exec(path) ?? [];
  if (parameter === undefined) return [path];
  return (ids[name] ?? ["x"]).flatMap((id) => fill(path.replace(parameter, encodeURIComponent(id)), ids));
}

/** The answer without what the question had: an address that names a store does not show it. */
function withoutQuestion(text: string, path: string): string {
  const asked = [path, ...path.split(/[/?&=:]/)].filter((part) => part.length > 2).sort((a, b) => b.length - a.length);
  return asked.reduce((rest, part) => rest.replaceAll(part, "").replaceAll(encodeURIComponent(part), ""), text);
}

Deno.test("two keys for two regions see exactly their own stores", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const regions = await openRegions(service);
  const { all, west, ost, reports, exclusions } = regions;
  const json = async (path: string, headers = west) => await jsonOf(await ask(service, path, { headers }));
  const send = async (method: string, path: string, body: unknown) => {
    const headers = { ...Object.fromEntries(west), "content-type": "application/json" };
    return await app.request(path, { method, headers, body: JSON.stringify(body) });
  };

  await t.step("no page, list, file or total shows a row of other stores", async () => {
    const seen = new Set<number>();
    for (const path of addresses(service, regions)) {
      for (const accept of ["text/html", "*/*"]) {
        const answer = await ask(service, path, { headers: { ...Object.fromEntries(west), accept } });
        seen.add(answer.status);
        const text = path.endsWith("/events") && answer.status === 200 ? await firstEvent(answer) : await answer.text();
        assert.ok(answer.status < 500, `${path}: ${answer.status} ${text}`);
        const shown = withoutQuestion(text, path);
        const at = shown.search(FOREIGN);
        assert.equal(
          shown.slice(Math.max(0, at - 200), at + 100),
          at < 0 ? shown.slice(0, 99) : "",
          `${path} ${accept}`,
        );
      }
    }
    assert.ok(seen.has(200) && seen.has(404));
  });

  await t.step("what it sees of others does not exist", async () => {
    for (const id of [reports.all, reports.ost]) {
      for (const part of ["", "/report.csv", "/rows.csv", "/totals.ndjson", "/performance.csv", "/events"]) {
        assert.equal(await statusOf(ask(service, `/reports/${id}${part}`, { headers: west })), 404, part);
      }
      assert.equal(await statusOf(ask(service, `/get_report/${id}`, { headers: west })), 404);
      assert.equal(await statusOf(ask(service, `/reports/${id}`, { method: "DELETE", headers: west })), 404);
    }
    for (
      const path of [
        "/stores/ost-1",
        "/stores/ost-1/timeline",
        "/stores/ost-1/hours",
        `/exclusions/${exclusions.ost}`,
      ]
    ) {
      assert.equal(await statusOf(ask(service, path, { headers: west })), 404, path);
    }
    assert.equal(await statusOf(ask(service, `/imports/${regions.imported}`, { headers: west })), 404);
    assert.equal(await statusOf(send("PATCH", "/stores/ost-1", { name: "x" })), 404);
    assert.equal(await statusOf(send("PUT", "/stores/ost-1/hours", { hours: [] })), 404);
    assert.equal(await statusOf(send("DELETE", `/exclusions/${exclusions.ost}`, {})), 404);
  });

  await t.step("its lists have all of its own", async () => {
    const ids = ({ stores }: Record<string, unknown>) => JSON.stringify(stores).match(/(?<="store_id":")[^"]+/g);
    assert.deepEqual(ids(await json("/stores")), ["west-1", "west-2"]);
    assert.deepEqual(ids(await json("/stores", ost)), ["ost-1", "ost-2"]);
    assert.equal((await json("/stores")).as_of, "2023-01-25T10:00:00Z");
    assert.equal((await json("/stores", ost)).as_of, "2023-01-25T11:11:00Z");
    assert.deepEqual(
      JSON.stringify(await json("/reports")).match(/(?<="report_id":")[^"]+/g),
      [reports.inTheWest, reports.west],
    );
    const listed = JSON.stringify(await json("/exclusions"));
    assert.match(listed, /"stores_total":2,"for_all":true/);
    assert.match(listed, /"stores_total":1,"for_all":false[^}]*"reason":"for two"/);
  });

  await t.step("its reports are filtered when they are made, up to its own latest poll", async () => {
    const report = await json(`/reports/${reports.west}`);
    assert.deepEqual([report.where, report.as_of, report.stores], [WEST, "2023-01-25T10:00:00Z", 2]);
    const narrow = await json(
      `/reports/${await reportOf(service, west, "?where=region:West,region:Ost,brand:Wraps")}`,
    );
    assert.deepEqual([narrow.where, narrow.stores], [{ brand: ["Wraps"], region: ["West"] }, 0]);
    const none = await json(`/reports/${await reportOf(service, west, "?where=region:Ost")}`);
    assert.deepEqual([none.where, none.stores], [{ region: [] }, 0]);
  });

  await t.step("it adds polls of its own stores, and creates none", async () => {
    const poll = (store_id: string) => ({ store_id, status: "active", timestamp_utc: "2023-01-25T10:30:00Z" });
    const answer = await jsonOf(await send("POST", "/polls", [poll("west-1"), poll("ost-1"), poll("new")]));
    assert.deepEqual([answer.accepted, answer.rejected], [1, 2]);
    assert.match(JSON.stringify(answer.rejects), /is not a store that this key sees/);
    const [row] = await sql<{ count: number }[]>`select count(*) as count from stores where store_id = 'new'`;
    assert.equal(row?.count, 0);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    assert.equal((await json("/stores")).as_of, "2023-01-25T10:30:00Z");
  });

  await t.step("it loads files of polls, and rejects rows of other stores without a trace at these", async () => {
    const headers = { ...Object.fromEntries(west), "content-type": "text/csv" };
    const load = async (path: string, body: string) => await app.request(path, { method: "POST", headers, body });
    const rows = ["west-1,active,2023-01-25 10:31:00 UTC", "west-2,active,2023-01-25 10:31:00 UTC"];
    const others = [
      "ost-1,active,2023-01-25 10:31:00 UTC",
      "new,active,2023-01-25 10:31:00 UTC",
      "ost-2,bad,x",
      "*,x,x",
    ];
    const body = ["store_id,status,timestamp_utc", ...rows, ...others].join("\n");
    const file = await jsonOf(await load("/imports/polls?max_rejects=99%25", body));
    assert.deepEqual([file.accepted, file.rejected, file.stores_new], [2, 4, 0]);
    assert.equal(await statusOf(ask(service, `/imports/${file.import_id}`, { headers: west })), 200);
    assert.equal(await statusOf(ask(service, `/imports/${file.import_id}`, { headers: ost })), 404);
    assert.match(
      await (await ask(service, `${file.rejects_url}`, { headers: west })).text(),
      /is not a store that this key sees/,
    );
    const [others_] = await sql<{ marks: number; stores: number; lost: number }[]>`
      select (select count(*) from store_marks join stores using (store_key) where kind = 'polls') as marks,
        (select count(*) from stores where store_id in ('new', '*')) as stores,
        (select rows_without_store from imports where import_id = ${String(file.import_id)}) as lost`;
    assert.deepEqual({ ...others_ }, { marks: 0, stores: 0, lost: 0 });
    for (const path of ["/imports", "/imports/timezones", "/imports/polls?check=true"]) {
      assert.equal((await jsonOf(await load(path, body))).type, "/problems/outside-your-stores", path);
    }
  });

  await t.step("it changes its own stores, and nothing that concerns others", async () => {
    assert.equal(await statusOf(send("PATCH", "/stores/west-1", { tags: { brand: "Wraps" } })), 200);
    assert.equal(await statusOf(send("PUT", "/stores/west-1/hours", { hours: [] })), 200);
    assert.equal(await statusOf(send("PATCH", `/exclusions/${exclusions.west}`, { reason: "changed" })), 200);
    const interval = { from: "2023-01-25T08:00Z", to: "2023-01-25T09:00Z", kind: "other", reason: "x" };
    assert.equal(
      await statusOf(send("POST", "/exclusions", { ...interval, where: { region: ["West", "Ost"] } })),
      201,
    );
    const outside: [string, string, unknown][] = [
      ["PATCH", "/stores/west-1", { tags: { region: "Ost" } }],
      ["PATCH", "/stores/west-1", { tags: { region: null } }],
      ["PUT", "/stores/*/special-hours/2023-01-01", { openings: [] }],
      ["POST", "/exclusions", { ...interval, stores: ["*"] }],
      ["PATCH", `/exclusions/${exclusions.all}`, { reason: "x" }],
      ["PATCH", `/exclusions/${exclusions.both}`, { reason: "x" }],
      ["DELETE", `/exclusions/${exclusions.both}`, {}],
      ["DELETE", "/stores/west-2", {}],
      ["POST", "/sample", {}],
    ];
    for (const [method, path, body] of outside) {
      const answer = await send(method, path, body);
      if (path === "/sample") assert.equal(answer.status, 303);
      else assert.equal((await jsonOf(answer)).type, "/problems/outside-your-stores", `${method} ${path}`);
    }
    const unknown = await send("POST", "/exclusions", { ...interval, stores: ["west-1", "ost-1"] });
    assert.equal(unknown.status, 422);
    const [made] = await sql<{ stores: string[] }[]>`
      select array_agg(store_id order by store_id) as stores from exclusion_stores join stores using (store_key)
      join exclusions using (exclusion_id) where reason = 'x'`;
    assert.deepEqual(made?.stores, ["west-1", "west-2"]);
  });

  await t.step("the audit shows what it changed, and what others changed of its stores alone", async () => {
    const { changes } = await json("/audit?limit=100");
    const text = JSON.stringify(changes);
    assert.match(text, /"actor":"key:west"[^{]*"action":"store.change"/);
    assert.match(text, /"actor":"command"[^{]*"action":"exclusion.add"[^{]*\["west-1"\]/);
    assert.doesNotMatch(text.replaceAll('"where":{"region":["West","Ost"]}', ""), FOREIGN);
    assert.match(JSON.stringify(await json("/audit?limit=100", all)), FOREIGN);
  });
});

/** Ends the stream then. */
async function firstEvent(answer: Response): Promise<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (reader !== undefined && !text.includes("data:")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader?.cancel();
  return text;
}
