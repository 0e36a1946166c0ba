import type { Interval, Micros } from "../../domain/time/interval.ts";
import type { StoredRules } from "../../domain/openings/opening_rules.ts";
import type { Transaction } from "../connection/client.ts";
import { Bytes, BYTES_OF_HOURS, type Raw, readText } from "../postgres/raw.ts";
import type { StoreRange } from "../stores/stores.ts";

/** Stands for the number of rows of hours if no hours are known. */
const UNKNOWN = -1;

/** A store for a chunk whose method needs only outages. */
export interface StoreOutages {
  readonly storeId: string;
  readonly rules: StoredRules;
  /** Those that reach into the span that was asked for, in the order of time, whole. */
  readonly outages: Interval[];
}

/**
 * Reads a run of stores, in the order of their ids, and their outages within a span of time. All come in one row, a column a
 * property: 14,000 rows would take longer to tell apart than to compute.
 *
 * @returns the stores, each made when its turn comes
 */
export async function readOutages(
  tx: Transaction,
  { first, last }: StoreRange,
  { from, asOf }: { from: Micros; asOf: Micros },
): Promise<Iterable<StoreOutages>> {
  const [columns = []]: readonly (readonly Raw[])[] = await tx`
    select
      string_agg(store_id, E'\\n' order by store_id),
      string_agg(coalesce(timezone, ''), E'\\n' order by store_id),
      string_agg(
        int4send(store_key) || int4send(coalesce(octet_length(hours) / ${BYTES_OF_HOURS}::integer, ${UNKNOWN})) || coalesce(hours, ''),
        '' order by store_id
      ),
      (
        select string_agg(
          int4send(store_key) || timestamptz_send(began) || timestamptz_send(ended), '' order by store_key, ended
        )
        from outages
        where store_key = any(array(select store_key from stores where store_id between ${first} and ${last}))
          and ended > instant(${from}) and began <= instant(${asOf})
      )
    from stores where store_id between ${first} and ${last}`.raw();
  return storesOf(columns);
}

function* storesOf([storeIds, timezones, keysAndHours, outages]: readonly Raw[]): Generator<StoreOutages> {
  const zones = readLines(timezones);
  const bytes = new Bytes(keysAndHours);
  const outagesOf = outagesByStore(new Bytes(outages));
  const ids = readLines(storeIds);
  if (ids.length !== zones.length) throw new Error(`Ids of ${ids.length} stores came with zones of ${zones.length}`);
  for (const [index, storeId] of ids.entries()) {
    const storeKey = bytes.int32();
    const count = bytes.int32();
    const weekly = count === UNKNOWN ? undefined : bytes.hours(count);
    const rules = { timezone: zones[index] || undefined, weekly };
    yield { storeId, rules, outages: outagesOf.get(storeKey) ?? [] };
  }
}

function outagesByStore(bytes: Bytes): Map<number, Interval[]> {
  const found = new Map<number, Interval[]>();
  while (!bytes.isAtEnd) {
    const storeKey = bytes.int32();
    const outage = { start: bytes.instant(), end: bytes.instant() };
    const others = found.get(storeKey);
    if (others === undefined) found.set(storeKey, [outage]);
    else others.push(outage);
  }
  return found;
}

function readLines(raw: Raw = null): string[] {
  return readText(raw)?.split("\n") ?? [];
}
