import { count, counted } from "./counted.ts";
import type { Micros } from "./time/interval.ts";
import { DEFAULT_TIMEZONE } from "./time/timezone.ts";
import { isTooOld } from "./time/zone_release.ts";

/** What a reader has to know before trusting a number. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  readonly storesTotal: number;
  /** The first of them, in the order of ids. */
  readonly stores: readonly string[];
}

/** What a store's warning says, after the number of stores. */
const SAYS = {
  hours_rejected: {
    one: "has rejected rows of business hours: it keeps the hours that it had, or counts as always open",
    many: "have rejected rows of business hours: they keep the hours that they had, or count as always open",
  },
  special_hours_rejected: {
    one: "has rejected rows of special hours: some dates may have the hours that they had before",
    many: "have rejected rows of special hours: some dates may have the hours that they had before",
  },
  exclusions_rejected: {
    one: "has rejected exclusions: their time is still counted",
    many: "have rejected exclusions: their time is still counted",
  },
  details_rejected: {
    one: "has rejected rows in a file of stores: its name, tags, sales and target stay as they were",
    many: "have rejected rows in a file of stores: their names, tags, sales and targets stay as they were",
  },
  zone_rejected: {
    one: `has rejected rows of time zones: it keeps the zone that it had, or counts in ${DEFAULT_TIMEZONE}`,
    many: `have rejected rows of time zones: they keep the zones that they had, or count in ${DEFAULT_TIMEZONE}`,
  },
  polls_rejected: {
    one: "has rejected polls: its uptime is computed without them",
    many: "have rejected polls: their uptime is computed without them",
  },
  without_polls: {
    one: "has business hours or a time zone, but never had a poll: check its id",
    many: "have business hours or a time zone, but never had a poll: check their ids",
  },
  without_hours: {
    one: "has polls but no business hours: it counts as always open",
    many: "have polls but no business hours: they count as always open",
  },
  without_zone: {
    one: `has polls but no time zone: it counts in ${DEFAULT_TIMEZONE}`,
    many: `have polls but no time zone: they count in ${DEFAULT_TIMEZONE}`,
  },
} as const;

export type StoreWarningCode = keyof typeof SAYS;
export type WarningCode = StoreWarningCode | "rows_without_store" | "old_zone_rules" | "days_from_one";

/** Some stores of which the same is to be said. */
export interface StoresTold {
  readonly total: number;
  /** The first of them, in the order of ids. */
  readonly first: readonly string[];
}

/** A warning about stores. */
export function storeWarning(code: StoreWarningCode, { total, first }: StoresTold): Warning {
  const message = `${counted(total, "store")} ${total === 1 ? SAYS[code].one : SAYS[code].many}`;
  return { code, message, storesTotal: total, stores: first };
}

/** What a warning says on the page of a store. */
export function ownWarning(code: StoreWarningCode): string {
  return `This store ${SAYS[code].one}`;
}

/** A warning about rejected rows whose store is not known, so that no store can be marked. */
export function rowsWithoutStore(counts: readonly { readonly kind: string; readonly rows: number }[]): Warning {
  const rows = counts.map(({ kind, rows }) => `${count(rows)} of ${kind}`).join(", ");
  const message = `Rejected rows whose store id cannot be read: ${rows}. They are missing from some store`;
  return { code: "rows_without_store", message, storesTotal: 0, stores: [] };
}

/** A warning about all stores, if a window ends so long after the release of the zone rules that they may be wrong. */
export function oldZoneRules(release: string, windowEnd: Micros): Warning[] {
  if (!isTooOld(release, windowEnd)) return [];
  const message =
    `The windows end more than a year after the release of the zone rules ${release}: opening times are wrong ` +
    "where clocks were changed since. Update the zone rules, then make a new report";
  return [{ code: "old_zone_rules", message, storesTotal: 0, stores: [] }];
}
