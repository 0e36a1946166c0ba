import assert from "node:assert/strict";
import { jsonOf, openService, statusOf, type TestService } from "../support/http_service.ts";
import { ask, FOREIGN, openRegions, type Region, reportOf, WEST } from "../support/regions.ts";

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
      assert.equal(await statusOf(ask(service, `/reports/${id}/verify`, { method: "POST", headers: west })), 404);
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
    const again = await ask(service, `/reports/${reports.west}/verify`, { method: "POST", headers: west });
    assert.equal((await jsonOf(again)).same, true);
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

  await t.step("it follows tags: a store that leaves its filter is gone from states, and others come", async () => {
    const seen = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const { states } = await json("/stores");
      const polls = { store_id: "west-2", status: "active", timestamp_utc: "2023-01-25T10:40:00Z" };
      const { accepted } = await jsonOf(await send("POST", "/polls", polls));
      const now = await (await ask(service, "/now", { headers: west })).text();
      return [
        Object.values(Object(states)).reduce((sum: number, each) => sum + Number(each), 0),
        accepted,
        now.includes("ost-2"),
      ];
    };
    const retag = async (storeId: string, region: string) => {
      const headers = { ...Object.fromEntries(all), "content-type": "application/json" };
      const body = JSON.stringify({ tags: { region } });
      assert.equal(await statusOf(app.request(`/stores/${storeId}`, { method: "PATCH", headers, body })), 200);
    };
    assert.deepEqual(await seen(), [2, 1, false]);
    await retag("west-2", "Ost");
    assert.deepEqual(await seen(), [1, 0, false]);
    await retag("west-2", "West");
    assert.deepEqual(await seen(), [2, 1, false]);
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
