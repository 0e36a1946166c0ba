import assert from "node:assert/strict";
import { addExclusion } from "../../src/actions/calendar/add_exclusion.ts";
import { putSpecialHours } from "../../src/actions/calendar/put_special_hours.ts";
import type { TagFilter } from "../../src/domain/tags/tag_filter.ts";
import { putStores } from "./fleet.ts";
import { jsonOf, type TestService } from "./http_service.ts";
import { bearer, keyFor } from "./keys.ts";

export const WEST: TagFilter = { region: ["West"] };
const OST: TagFilter = { region: ["Ost"] };
/** What no answer to a key for the West may have: ids, names and the latest poll of stores in the Ost, which all begin so. */
export const FOREIGN = /\bost\b|2023-01-25[T ]11:11/i;

/** Headers of three keys, and what there is of each region. */
export interface Region {
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

export async function ask(service: TestService, path: string, init: RequestInit): Promise<Response> {
  return await service.app.request(path, init);
}

/** Asks for a report and makes it. */
export async function reportOf(service: TestService, headers: Headers, query = ""): Promise<string> {
  const { report_id: id } = await jsonOf(await ask(service, `/trigger_report${query}`, { method: "POST", headers }));
  await service.make(String(id));
  return String(id);
}

/** Two regions, and what there is of each, of both and of all. */
export async function openRegions(service: TestService): Promise<Region> {
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
