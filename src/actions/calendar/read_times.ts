import type { StagedTimes } from "../../db/stores/stage_special_hours.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { TIME_OF_DAY } from "../../ingest/values/time_of_day.ts";
import { Unreadable } from "../../ingest/values/value.ts";
import { invalid } from "../refusal.ts";
import { fault, readValue } from "./read_value.ts";

/** Many more than a day or a week of a store has. */
export const MOST_OPENINGS = 200;

/** Reads two times of day and makes openings of them. @throws {Refusal} naming the time that cannot be used */
export function readTimes<Openings>(
  { start, end }: StagedTimes,
  field: string,
  openings: (start: Micros, end: Micros) => Openings | Unreadable,
): Openings {
  const from = readValue(TIME_OF_DAY, `${field}.start_time_local`, start);
  const to = readValue(TIME_OF_DAY, `${field}.end_time_local`, end);
  const found = openings(from, to);
  if (found instanceof Unreadable) throw invalid(fault(`${field}.end_time_local`, end, found));
  return found;
}
