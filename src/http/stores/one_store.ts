import type { z } from "@hono/zod-openapi";
import { marksOf, type StoreMark } from "../../db/imports/marks.ts";
import { getStore, type StoreOverview } from "../../db/polls/store_overview.ts";
import { getDetails, type StoreDetails } from "../../db/stores/store_details.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { DEFAULT_TIMEZONE, type EpochDay } from "../../domain/time/timezone.ts";
import { ownWarning } from "../../domain/warning.ts";
import { Timezones } from "../../report/timezones.ts";
import { tagOf } from "../answers/tagged_json.ts";
import type { HttpDeps } from "../deps.ts";
import { Problem } from "../kit/problem.ts";
import { pollJson, stateJson } from "./state_json.ts";
import type { StoreJson } from "./store_schemas.ts";

/** A store as programs get it, and its tag. */
export interface OneStore {
  readonly json: z.output<typeof StoreJson>;
  readonly etag: string;
}

/** All that is known of a store, but for its older polls. @throws {Problem} if it does not exist */
export async function oneStore({ sql, states, zoneRules }: HttpDeps, storeId: string): Promise<OneStore> {
  const view = await states.view();
  const isPossible = !storeId.includes("\0");
  const store = isPossible ? await getStore(sql, storeId, dateIn(new Timezones(zoneRules), view.asOf)) : undefined;
  const details = isPossible ? await getDetails(sql, storeId) : undefined;
  if (store === undefined || details === undefined) throw new Problem("unknown-store", "No store has this id");
  const marks = await marksOf(sql, storeId);
  const state = (await states.withSince(view, [storeId])).get(storeId);
  return { json: { ...stateJson(state), ...storeJson({ ...store, ...details }, marks) }, etag: storeTag(details) };
}

/** The tag of what can be changed of a store. Its state and its polls, which change all the time, do not count. */
export function storeTag(details: StoreDetails): string {
  return tagOf(detailsJson(details));
}

/** The date that it is in a zone at an instant; undefined if the zone is not known. */
function dateIn(timezones: Timezones, asOf: Micros | undefined): (name: string | undefined) => EpochDay | undefined {
  return (name) => {
    const timezone = timezones.of({ timezone: name });
    return asOf === undefined || timezone instanceof RangeError ? undefined : timezone.dateAt(asOf);
  };
}

function storeJson(
  { storeId, hours, hasHours, latestPoll, ...details }: StoreOverview & StoreDetails,
  marks: readonly StoreMark[],
): Omit<z.output<typeof StoreJson>, "state" | "since" | "down_us_today"> {
  return {
    store_id: storeId,
    ...detailsJson(details),
    hours: hours.map(({ day, start, end }) => ({ day, start_time_local: start, end_time_local: end })),
    always_closed: hasHours && hours.length === 0,
    latest_poll: pollJson(latestPoll),
    warnings: marks.map(({ code, markedAt, importId = null }) => ({
      code,
      message: ownWarning(code),
      since: formatInstant(markedAt),
      import_id: importId,
    })),
  };
}

function detailsJson({ name, timezone, tags, salesPerHour, targetPercent }: StoreDetails) {
  return {
    name: name ?? null,
    timezone: timezone ?? DEFAULT_TIMEZONE,
    is_default_timezone: timezone === undefined,
    tags: { ...tags },
    sales_per_hour: salesPerHour === undefined ? null : Number(salesPerHour),
    target_percent: targetPercent === undefined ? null : Number(targetPercent),
  };
}
