import type { ExclusionKind } from "../../domain/openings/exclusion.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { HOUR, type Micros } from "../../domain/time/interval.ts";
import type { Fragment, Sql } from "../connection/client.ts";
import { hasTags } from "../stores/chosen_stores.ts";
import { exclusionColumns, type ExclusionRow, type StoredExclusion, toExclusion } from "./exclusions.ts";

/** A place in the list of exclusions: the next page begins after this one. */
export type ExclusionPosition = Pick<StoredExclusion, "madeAt" | "exclusionId">;

export interface ExclusionSearch {
  /** Those that hold for a store, rules for all stores included. */
  readonly storeId?: string | undefined;
  /** Those that hold for a store with tags. */
  readonly where?: TagFilter | undefined;
  readonly kind?: ExclusionKind | undefined;
  /** Those that end after an instant. One in local time counts if it does in some time zone of the world. */
  readonly from?: Micros | undefined;
  /** Those that begin before an instant. */
  readonly to?: Micros | undefined;
  readonly isWithdrawn?: boolean | undefined;
  readonly after?: ExclusionPosition | undefined;
  readonly limit: number;
}

/** Local time is ahead of UTC by at most so much, and behind it by at most so much. */
const [AHEAD, BEHIND] = [14 * HOUR, 12 * HOUR];

/** Exclusions, withdrawn ones too, in the order in which they were made, the latest first. */
export async function listExclusions(sql: Sql, search: ExclusionSearch): Promise<StoredExclusion[]> {
  const { kind, from, to, isWithdrawn, after, limit } = search;
  const rows = await sql<ExclusionRow[]>`
    select ${exclusionColumns(sql)} from exclusions
    where true
      ${holdsFor(sql, search)}
      ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${
    from === undefined ? sql`` : sql`and to_micros + case when is_local then ${BEHIND}::bigint else 0 end > ${from}`
  }
      ${to === undefined ? sql`` : sql`and from_micros - case when is_local then ${AHEAD}::bigint else 0 end < ${to}`}
      ${isWithdrawn === undefined ? sql`` : sql`and (withdrawn_at is not null) = ${isWithdrawn}`}
      ${after ? sql`and (made_at, exclusion_id) < (instant(${after.madeAt}), ${after.exclusionId}::uuid)` : sql``}
    order by made_at desc, exclusion_id desc limit ${limit}`;
  return rows.map(toExclusion);
}

function holdsFor(sql: Sql, { storeId, where }: ExclusionSearch): Fragment {
  if (storeId === undefined && where === undefined) return sql``;
  return sql`
    and exists (
      select from stores
      where ${storeId === undefined ? sql`true` : sql`store_id = ${storeId}`} ${hasTags(sql, where)} and (
        for_all or exists (
          select from exclusion_stores
          where exclusion_stores.exclusion_id = exclusions.exclusion_id and exclusion_stores.store_key = stores.store_key
        )
      )
    )`;
}
