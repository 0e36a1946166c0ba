import type { StoredRules } from "../../domain/openings/opening_rules.ts";
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
  const ofAll = calendarOf(common);
  return stores.map((row) => {
    const own = calendarOf(row);
    return {
      storeKey: Number(readText(row[0])),
      storeId: readText(row[1]) ?? "",
      rules: {
        timezone: readText(row[2]),
        versions: readVersions(row[3] ?? null),
        special: joined(own.special, ofAll.special),
        exclusions: joined(own.exclusions, ofAll.exclusions),
      },
    };
  });
}

function calendarOf(row: readonly Raw[] = []): Pick<StoredRules, "special" | "exclusions"> {
  const special = readSpecialHours(row[4] ?? null);
  return { special: special === undefined ? [] : [special], exclusions: readExclusions(row[5] ?? null) };
}

/** Most stores have nothing of their own, or there is nothing for all of them: then nothing is copied. */
function joined<Item>(own: readonly Item[], ofAll: readonly Item[]): readonly Item[] {
  if (ofAll.length === 0) return own;
  return own.length === 0 ? ofAll : [...own, ...ofAll];
}
