import type { z } from "@hono/zod-openapi";
import { shownExclusion } from "../../actions/calendar/exclusion_values.ts";
import type { Sql } from "../../db/connection/client.ts";
import { type SingleExclusion, type StoredExclusion, storesOfExclusion } from "../../db/calendars/exclusions.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { tagOf } from "../answers/tagged_json.ts";
import { instantOrNull } from "../stores/state_json.ts";
import type { ExclusionJson, ExclusionPage } from "./exclusion_schemas.ts";

/** An exclusion as a list has it. */
export function exclusionJson(exclusion: StoredExclusion): z.output<typeof ExclusionPage>["exclusions"][number] {
  const { from, to } = shownExclusion(exclusion);
  return {
    exclusion_id: exclusion.exclusionId,
    stores_total: exclusion.storesTotal,
    for_all: exclusion.isForAll,
    from,
    to,
    kind: exclusion.kind,
    reason: exclusion.reason,
    made_at: formatInstant(exclusion.madeAt),
    made_by: exclusion.madeBy,
    withdrawn_at: instantOrNull(exclusion.withdrawnAt),
    withdrawn_by: exclusion.withdrawnBy ?? null,
  };
}

const STORES_SHOWN = 100;

/** An exclusion with its first stores. */
export async function exclusionDetails(sql: Sql, exclusion: StoredExclusion): Promise<z.output<typeof ExclusionJson>> {
  const stores = await storesOfExclusion(sql, exclusion.exclusionId, STORES_SHOWN);
  return { ...exclusionJson(exclusion), stores };
}

/** The same until somebody changes the exclusion or its stores. The number of all stores does not count. */
export function exclusionTag(exclusion: SingleExclusion): string {
  const { storesHash, isForAll } = exclusion;
  return tagOf([exclusionJson(isForAll ? { ...exclusion, storesTotal: 0 } : exclusion), storesHash]);
}
