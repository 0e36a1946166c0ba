import type { Measured } from "../domain/measures/percentage.ts";
import { exactNumber } from "./exact_number.ts";

type JsonNumber = number | object | null;

/** Measures as members of a line of JSON, in whole microseconds. What the report does not know is null. */
export function measuresJson(measures: Measured): Record<string, JsonNumber> {
  return {
    scheduled_us: whole(measures.scheduled),
    excluded_us: whole(measures.excluded),
    up_us: whole(measures.up),
    down_us: whole(measures.down),
    unknown_us: whole(measures.unknown),
    observed_us: whole(measures.observed),
    up_low_us: whole(measures.up_low),
    up_high_us: whole(measures.up_high),
    outages: whole(measures.outages),
    longest_outage_us: whole(measures.longest_outage),
  };
}

function whole(value: number | bigint | undefined): JsonNumber {
  return typeof value === "bigint" ? exactNumber(value) : value ?? null;
}
