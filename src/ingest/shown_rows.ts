import type { StagedHours } from "../db/stores/stage_hours.ts";
import type { StagedPoll } from "../db/polls/stage_polls.ts";
import type { StagedDetails } from "../db/stores/stage_details.ts";
import type { StagedExclusion } from "../db/stores/stage_exclusions.ts";
import type { StagedSpecialHours } from "../db/stores/stage_special_hours.ts";
import type { StagedTimezone } from "../db/stores/stage_timezones.ts";
import { formatInstant } from "../domain/time/instant.ts";
import type { Micros } from "../domain/time/interval.ts";

/** A row as it was understood. */
export interface ShownRow {
  readonly line: number;
  readonly row: Readonly<Record<string, unknown>>;
}

/** How rows are shown, in the words of plain files. */
export const SHOW = {
  polls: ({ storeId, active, at }: StagedPoll) => ({
    store_id: storeId,
    status: active ? "active" : "inactive",
    timestamp_utc: formatInstant(at),
  }),
  hours: ({ storeId, validFrom, openings }: StagedHours) => ({
    store_id: storeId,
    ...validFrom === undefined ? {} : { valid_from: validFrom },
    openings: openings.map(({ day, start, end }) => ({ day, start_time_local: start, end_time_local: end })),
  }),
  "special-hours": ({ storeId, date, times, reason }: StagedSpecialHours) => ({
    store_id: storeId,
    date,
    openings: times === undefined ? [] : [{ start_time_local: times.start, end_time_local: times.end }],
    reason,
  }),
  exclusions: ({ storeId, isLocal, from, to, kind, reason }: StagedExclusion) => ({
    store_id: storeId,
    from: endText(from, isLocal),
    to: endText(to, isLocal),
    kind,
    reason,
  }),
  timezones: ({ storeId, timezone }: StagedTimezone) => ({ store_id: storeId, timezone_str: timezone }),
  stores: ({ storeId, details: { tags, ...details } }: StagedDetails) => ({
    store_id: storeId,
    ...Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)),
    tags,
  }),
} as const;

/** A wall time has no zone behind it. */
function endText(at: Micros, isLocal: boolean): string {
  const text = formatInstant(at);
  return isLocal ? text.slice(0, -1) : text;
}
