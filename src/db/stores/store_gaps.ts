import { type StoresTold, storeWarning, type Warning } from "../../domain/warning.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { STORES_TOLD } from "./staging.ts";

/** What stores may lack, each as a condition on `stores`. */
const GAPS = {
  without_polls: "not polled and (hours is not null or timezone is not null)",
  without_hours: "polled and hours is null",
  without_zone: "polled and timezone is null",
} as const;

const CODES = ["without_polls", "without_hours", "without_zone"] as const;

/**
 * Looks at all stores after a load: those that have hours or a zone but never a poll, and those that have polls but no hours or
 * no zone. One pass over the stores, without their polls.
 */
export async function findStoreGaps(sql: Sql | Transaction): Promise<Warning[]> {
  const found = await Promise.all(CODES.map(async (code): Promise<Warning[]> => {
    const [told] = await sql<StoresTold[]>`
      select count(*) as total, coalesce(
        array(select store_id from stores where ${sql.unsafe(GAPS[code])} order by store_id limit ${STORES_TOLD}), '{}'
      ) as first
      from stores where ${sql.unsafe(GAPS[code])}`;
    return told === undefined || told.total === 0 ? [] : [storeWarning(code, told)];
  }));
  return found.flat();
}
