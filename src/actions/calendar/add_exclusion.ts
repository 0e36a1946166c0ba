import { clearMarks } from "../../db/imports/marks.ts";
import {
  getExclusion,
  insertExclusion,
  setExclusionStores,
  type SingleExclusion,
} from "../../db/calendars/exclusions.ts";
import type { StoreChoice } from "../../db/stores/chosen_stores.ts";
import { takeTurn } from "../../db/stores/staging.ts";
import { audited } from "../audited.ts";
import type { ActionContext } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { auditedStores, chooseStores } from "./choose_stores.ts";
import { type GivenExclusion, readExclusion, shownExclusion } from "./exclusion_values.ts";

/**
 * Takes an interval out of the count of some stores. Tags are resolved to stores at once.
 *
 * @throws {Refusal} `invalid`: a value cannot be used, a store does not exist, or no store has the tags. `outside-your-stores`
 */
export async function addExclusion(
  context: ActionContext,
  { stores, ...given }: GivenExclusion & { readonly stores: StoreChoice },
): Promise<SingleExclusion> {
  const values = readExclusion(given);
  if (context.seen !== undefined && stores === "all") {
    throw new Refusal("outside-your-stores", "Those who see some stores add no exclusion for all stores");
  }
  return await audited(context, async (tx) => {
    await takeTurn(tx, "exclusions");
    const chosen = await chooseStores(tx, stores);
    const exclusionId = await insertExclusion(tx, values, context.actor);
    await setExclusionStores(tx, exclusionId, stores === "all" ? "all" : chosen.keys);
    await clearMarks(tx, "exclusions", chosen.keys);
    const result = await getExclusion(tx, exclusionId);
    if (result === undefined) throw new Error(`Exclusion ${exclusionId} was stored and is not there`);
    const entry = {
      action: "exclusion.add",
      subject: exclusionId,
      stores: auditedStores(stores, chosen),
      after: { ...shownExclusion(values) },
    } as const;
    return { result, entry };
  });
}
