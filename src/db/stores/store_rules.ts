import type { HoursVersion } from "../../domain/openings/business_hours.ts";
import type { Exclusion } from "../../domain/openings/exclusion.ts";
import { type Calendar, NO_CALENDAR, type StoredRules } from "../../domain/openings/opening_rules.ts";
import type { SpecialHours } from "../../domain/openings/special_hours.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { type Raw, readText } from "../postgres/raw.ts";
import { readExclusions, readSpecialHours, readVersions } from "./packed_calendar.ts";

/** A store and what decides when it is open. */
export interface StoreRules {
  readonly storeKey: number;
  readonly storeId: string;
  readonly rules: StoredRules;
}

/**
 * Reads the opening rules of some stores, in the order of their ids, by one statement.
 *
 * @param which a condition on `stores`
 */
export async function readRules(sql: Sql | Transaction, which: Fragment): Promise<StoreRules[]> {
  // The rules for all stores come once, in a first row without an id.
  const [common, ...stores]: readonly (readonly Raw[])[] = await sql`
    select store_key, store_id, timezone, hours, special_hours, exclusions from (
      select null::integer as store_key, null::text collate "C" as store_id, null::text as timezone, null::bytea as hours,
        special_hours, exclusions
      from all_stores
      union all
      select store_key, store_id, timezone, hours, special_hours, exclusions from stores where ${which}
    ) rules
    order by store_id nulls first`.raw();
  const { special, exclusions } = new PackedRules(common ?? []);
  const ofAll = { ...NO_CALENDAR, special, exclusions };
  return stores.map((row) => ({
    storeKey: Number(readText(row[0])),
    storeId: readText(row[1]) ?? "",
    rules: new PackedRules(row, ofAll),
  }));
}

/** Opening rules that are unpacked when they are asked for. The rules of many stores at once would keep the collector busy. */
class PackedRules implements StoredRules {
  readonly #row: readonly Raw[];
  readonly #ofAll: Calendar;

  constructor(row: readonly Raw[], ofAll: Calendar = NO_CALENDAR) {
    this.#row = row;
    this.#ofAll = ofAll;
  }

  get timezone(): string | undefined {
    return readText(this.#row[2]);
  }

  get versions(): readonly HoursVersion[] {
    return readVersions(this.#row[3] ?? null);
  }

  get special(): readonly SpecialHours[] {
    const own = readSpecialHours(this.#row[4] ?? null);
    return joined(own === undefined ? [] : [own], this.#ofAll.special);
  }

  get exclusions(): readonly Exclusion[] {
    return joined(readExclusions(this.#row[5] ?? null), this.#ofAll.exclusions);
  }
}

/** Most stores have nothing of their own, or there is nothing for all of them: then nothing is copied. */
function joined<Item>(own: readonly Item[], ofAll: readonly Item[]): readonly Item[] {
  if (ofAll.length === 0) return own;
  return own.length === 0 ? ofAll : [...own, ...ofAll];
}
