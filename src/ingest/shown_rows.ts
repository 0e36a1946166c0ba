import type { StagedHours } from "../db/stores/stage_hours.ts";
import type { StagedPoll } from "../db/polls/stage_polls.ts";
import type { StagedTimezone } from "../db/stores/stage_timezones.ts";
import { formatInstant } from "../domain/time/instant.ts";

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
  hours: ({ storeId, openings }: StagedHours) => ({
    store_id: storeId,
    openings: openings.map(({ day, start, end }) => ({ day, start_time_local: start, end_time_local: end })),
  }),
  timezones: ({ storeId, timezone }: StagedTimezone) => ({ store_id: storeId, timezone_str: timezone }),
} as const;
