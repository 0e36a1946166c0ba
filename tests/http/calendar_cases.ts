import { putStores } from "../support/fleet.ts";
import { jsonOf, type TestService } from "../support/http_service.ts";

/** A request and the status that it should get. */
export type Case = [status: number, path: string, init?: RequestInit];

const STORE = "/stores/1000000000000000001";
const DATE = `${STORE}/special-hours/2026-12-25`;
const KEPT = `${STORE}/special-hours/2026-12-26`;
const OTHER = { "if-match": '"other"' };
const FOREIGN = { headers: { "sec-fetch-site": "cross-site" } };
const JSON_TYPE = { "content-type": "application/json" };
const ALL = { headers: { "if-none-match": "*" } };

function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return { body: JSON.stringify(body), headers: { ...JSON_TYPE, ...headers } };
}

/** What every body of a calendar can be wrong in. The limit of bodies is 1,000 bytes. */
function badBodies(path: string): Case[] {
  return [
    [400, path, { body: "{", headers: JSON_TYPE }],
    [413, path, json({ reason: "x".repeat(2_000) })],
    [415, path, { body: "x", headers: { "content-type": "text/plain" } }],
    [422, path, json([])],
    [422, path, json({ surprise: 1 })],
    [403, path, FOREIGN],
  ];
}

/** Good and bad input for every operation of calendars and of the audit. */
export async function calendarCases({ app, sql }: TestService): Promise<Record<string, Case[]>> {
  await putStores(sql, [{ id: "tagged" }]);
  await sql`update stores set tags = '{"region": "West"}' where store_id = 'tagged'`;
  const values = { from: "2026-03-01T10:00", to: "2026-03-01T12:00", kind: "planned", reason: "Cleaning" };
  const add = async () =>
    `/exclusions/${
      (await jsonOf(await app.request("/exclusions", { method: "POST", ...json({ ...values, stores: ["tagged"] }) })))
        .exclusion_id
    }`;
  const [kept, withdrawn, doomed] = [await add(), await add(), await add()];
  await app.request(withdrawn, { method: "DELETE" });
  const nobody = `/exclusions/${crypto.randomUUID()}`;
  const hours = [{ day: 0, start_time_local: "09:00", end_time_local: "17:00" }];
  const openings = [{ start_time_local: "22:00", end_time_local: "26:00" }];
  await app.request(KEPT, { method: "PUT", ...json({ openings }) });
  return {
    changeStore: [
      [200, STORE, json({ name: "Corner", tags: { region: "West" }, sales_per_hour: 12.5, target_percent: 99.5 })],
      [200, STORE, json({ tags: { region: null }, name: null, timezone: "UTC" })],
      [404, "/stores/nobody", json({})],
      [412, STORE, json({ name: "x" }, OTHER)],
      [422, STORE, json({ timezone: "Mars" })],
      [422, STORE, json({ sales_per_hour: -1 })],
      [422, STORE, json({ sales_per_hour: 1e-9 })],
      [422, STORE, json({ target_percent: "99" })],
      ...badBodies(STORE),
    ],
    putHours: [
      [200, `${STORE}/hours`, json({ hours })],
      [200, `${STORE}/hours?valid_from=2026-03-01`, json({ hours: [] })],
      [404, "/stores/nobody/hours", json({ hours })],
      [412, `${STORE}/hours`, json({ hours }, OTHER)],
      [422, `${STORE}/hours?valid_from=tomorrow`, json({ hours })],
      [422, `${STORE}/hours`, json({ hours: [{ day: 7, start_time_local: "09:00", end_time_local: "17:00" }] })],
      ...badBodies(`${STORE}/hours`),
    ],
    showHours: [
      [200, `${STORE}/hours`],
      [200, `${STORE}/hours?valid_from=2026-03-01`],
      [304, `${STORE}/hours`, ALL],
      [404, "/stores/nobody/hours"],
      [412, `${STORE}/hours`, { headers: OTHER }],
      [422, `${STORE}/hours?valid_from=01/02/2026`],
    ],
    putSpecialHours: [
      [201, DATE, json({ openings, reason: "Christmas" })],
      [200, DATE, json({ openings: [] })],
      [201, "/stores/*/special-hours/2026-12-25", json({ openings: [] })],
      [404, "/stores/nobody/special-hours/2026-12-25", json({ openings })],
      [412, DATE, json({ openings }, OTHER)],
      [422, `${STORE}/special-hours/2026-02-30`, json({ openings })],
      [422, DATE, json({ openings: [{ start_time_local: "25:00", end_time_local: "24:30" }] })],
      ...badBodies(DATE),
    ],
    showSpecialHours: [
      [200, KEPT],
      [304, KEPT, ALL],
      [404, `${STORE}/special-hours/2026-12-24`],
      [404, "/stores/nobody/special-hours/2026-12-25"],
      [412, KEPT, { headers: OTHER }],
      [422, `${STORE}/special-hours/today`],
    ],
    listSpecialHours: [
      [200, `${STORE}/special-hours?from=2026-01-01&limit=1`],
      [200, "/stores/*/special-hours"],
      [404, "/stores/nobody/special-hours"],
      [422, `${STORE}/special-hours?cursor=x`],
    ],
    removeSpecialHours: [
      [412, DATE, { headers: OTHER }],
      [204, DATE],
      [404, DATE],
      [404, "/stores/nobody/special-hours/2026-12-25"],
      [422, `${STORE}/special-hours/today`],
      [403, DATE, FOREIGN],
    ],
    addExclusion: [
      [201, "/exclusions", json({ ...values, stores: ["tagged", "tagged"] })],
      [201, "/exclusions", json({ ...values, where: { region: ["West", "East"] } })],
      [201, "/exclusions", json({ ...values, stores: ["*"] })],
      [422, "/exclusions", json({ ...values, stores: ["nobody"] })],
      [422, "/exclusions", json({ ...values, stores: ["*", "tagged"] })],
      [422, "/exclusions", json({ ...values, where: { region: ["Moon"] } })],
      [422, "/exclusions", json({ ...values, where: {} })],
      [422, "/exclusions", json(values)],
      [422, "/exclusions", json({ ...values, stores: ["tagged"], where: { region: ["West"] } })],
      [422, "/exclusions", json({ ...values, stores: ["tagged"], to: "2026-03-01T12:00Z" })],
      [422, "/exclusions", json({ ...values, stores: ["tagged"], to: "2026-03-01T10:00" })],
      [422, "/exclusions", json({ ...values, stores: ["tagged"], kind: "holiday" })],
      ...badBodies("/exclusions"),
    ],
    listExclusions: [
      [200, "/exclusions"],
      [200, "/exclusions?store_id=tagged&kind=planned&from=2026-03-01&to=2026-03-02T00:00Z&withdrawn=false&limit=1"],
      [200, "/exclusions?where=region:West&where=region:East"],
      [422, "/exclusions?where=region"],
      [422, "/exclusions?store_id=nobody"],
      [422, "/exclusions?withdrawn=perhaps"],
      [422, "/exclusions?cursor=x"],
    ],
    showExclusion: [
      [200, kept],
      [200, withdrawn],
      [304, kept, ALL],
      [404, nobody],
      [404, "/exclusions/x"],
      [412, kept, { headers: OTHER }],
    ],
    changeExclusion: [
      [200, kept, json({ reason: "Repair", where: { region: ["West"] } })],
      [200, kept, json({})],
      [404, nobody, json({})],
      [409, withdrawn, json({ reason: "x" })],
      [412, kept, json({ reason: "x" }, OTHER)],
      [422, kept, json({ from: "2027-01-01T00:00" })],
      ...badBodies(kept),
    ],
    withdrawExclusion: [
      [412, doomed, { headers: OTHER }],
      [204, doomed],
      [409, doomed],
      [404, nobody],
      [403, doomed, FOREIGN],
    ],
    listAudit: [
      [200, "/audit"],
      [200, "/audit?actor=anonymous&action=exclusion.add&store_id=tagged&since=2020-01-01&until=2100-01-01&limit=1"],
      [422, "/audit?actor=nobody"],
      [422, "/audit?action=x"],
      [422, "/audit?since=yesterday"],
      [422, "/audit?cursor=x"],
    ],
  };
}
