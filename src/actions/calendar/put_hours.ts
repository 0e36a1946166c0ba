import { listVersions, replaceVersions, type WeekVersion } from "../../db/calendars/hours.ts";
import { clearMarks } from "../../db/imports/marks.ts";
import type { StagedOpening } from "../../db/stores/stage_hours.ts";
import { takeTurn } from "../../db/stores/staging.ts";
import { DATE_OF_CALENDAR } from "../../ingest/values/date.ts";
import { openingsOf } from "../../ingest/values/opening.ts";
import { audited, type Check, difference } from "../audited.ts";
import type { ActionContext } from "../context.ts";
import { invalid } from "../refusal.ts";
import { MOST_OPENINGS, readTimes } from "./read_times.ts";
import { readValue } from "./read_value.ts";
import { lockStore } from "./store_key.ts";

export interface GivenHours {
  /** The local date from which they hold. Undefined: they have no beginning. */
  readonly validFrom?: string | undefined;
  /** A day, 0 = Monday … 6 = Sunday, and two times of day. None: closed from then on; without a beginning: no hours are known. */
  readonly hours: readonly StagedOpening[];
  readonly check?: Check<readonly WeekVersion[]> | undefined;
}

/**
 * Puts weekly hours of a store in place of its versions from a date on, as a file does.
 *
 * @returns all versions that the store has now
 * @throws {Refusal} `unknown-store` or `invalid`
 */
export async function putHours(
  context: ActionContext,
  storeId: string,
  { validFrom: given, hours, check = () => {} }: GivenHours,
): Promise<WeekVersion[]> {
  const validFrom = given === undefined ? undefined : readValue(DATE_OF_CALENDAR, "valid_from", given);
  const version = { validFrom, hours: readHours(hours) };
  return await audited(context, async (tx) => {
    await takeTurn(tx, "hours");
    const key = await lockStore(tx, storeId);
    const before = await listVersions(tx, key);
    check(before);
    await replaceVersions(tx, key, version);
    await clearMarks(tx, "hours", [key]);
    const result = await listVersions(tx, key);
    const change = difference(auditedVersions(before), auditedVersions(result));
    const stores = { ids: [storeId], total: 1 };
    return { result, entry: change && { action: "hours.put", stores, ...change } };
  });
}

function readHours(hours: readonly StagedOpening[]): StagedOpening[] {
  if (hours.length > MOST_OPENINGS) {
    throw invalid({ field: "hours", value: hours.length, reason: `must have at most ${MOST_OPENINGS} rows` });
  }
  return hours.flatMap(({ day, ...times }, index) => {
    const field = `hours.${index}`;
    if (!Number.isInteger(day) || day < 0 || day > 6) {
      throw invalid({ field: `${field}.day`, value: day, reason: "must be 0 (Monday) to 6 (Sunday)" });
    }
    return readTimes(times, field, (start, end) => openingsOf(day, start, end));
  });
}

/** A field for each version, so that the audit shows those alone that changed. */
function auditedVersions(versions: readonly WeekVersion[]): Record<string, unknown> {
  return Object.fromEntries(
    versions.map(({ validFrom, hours }) => [validFrom === undefined ? "hours" : `hours from ${validFrom}`, hours]),
  );
}
