import type { AuditEntry } from "../../db/audit/audit.ts";
import {
  type ExclusionValues,
  getExclusion,
  setExclusionStores,
  type SingleExclusion,
  updateExclusion,
} from "../../db/calendars/exclusions.ts";
import type { Transaction } from "../../db/connection/client.ts";
import type { StoreChoice } from "../../db/stores/chosen_stores.ts";
import { audited, type Check, difference } from "../audited.ts";
import type { ActionContext } from "../context.ts";
import { auditedStores, chooseStores } from "./choose_stores.ts";
import { lockInForce, storesToAudit } from "./exclusion_in_force.ts";
import { type GivenExclusion, readExclusion, shownExclusion } from "./exclusion_values.ts";

type GivenValues = { readonly [Field in keyof GivenExclusion]?: GivenExclusion[Field] | undefined };

/** What to change of an exclusion. What is not given stays. */
export interface ExclusionChange extends GivenValues {
  /** The stores that it is for from now on, in place of all that it was for. */
  readonly stores?: StoreChoice | undefined;
  readonly check?: Check<SingleExclusion> | undefined;
}

/**
 * Changes an exclusion that was not withdrawn.
 *
 * @throws {Refusal} `unknown-exclusion`, `exclusion-withdrawn`, or `invalid`
 */
export async function changeExclusion(
  context: ActionContext,
  exclusionId: string,
  { stores, check, ...given }: ExclusionChange,
): Promise<SingleExclusion> {
  return await audited(context, async (tx) => {
    const before = await lockInForce(tx, exclusionId, check);
    const after = changed(before, given);
    const values = difference({ ...shownExclusion(before) }, { ...shownExclusion(after) });
    if (values !== undefined) await updateExclusion(tx, exclusionId, after);
    const moved = stores === undefined ? undefined : await move(tx, before, stores);
    const result = await getExclusion(tx, exclusionId) ?? before;
    if (values === undefined && moved === undefined) return { result, entry: undefined };
    const entry: AuditEntry = {
      action: "exclusion.change",
      subject: exclusionId,
      stores: moved?.stores ?? await storesToAudit(tx, before),
      before: { ...values?.before, ...moved?.before },
      after: { ...values?.after, ...moved?.after },
    };
    return { result, entry };
  });
}

/** An end that stays also stays as it was written. A file finds the exclusion by that. */
function changed(before: SingleExclusion, { from, to, kind, reason }: GivenValues): ExclusionValues {
  const old = shownExclusion(before);
  const after = readExclusion({
    from: from ?? old.from,
    to: to ?? old.to,
    kind: kind ?? old.kind,
    reason: reason ?? old.reason,
  });
  return {
    ...after,
    writtenFrom: from === undefined ? before.writtenFrom : after.writtenFrom,
    writtenTo: to === undefined ? before.writtenTo : after.writtenTo,
  };
}

/** @returns undefined if it is for the same stores as before */
async function move(
  tx: Transaction,
  before: SingleExclusion,
  choice: StoreChoice,
): Promise<Pick<Required<AuditEntry>, "stores" | "before" | "after"> | undefined> {
  const old = await storesToAudit(tx, before);
  const chosen = await chooseStores(tx, choice);
  const stores = auditedStores(choice, chosen);
  const named = (ids: readonly string[] = []) => [...ids].sort();
  const change = difference(
    { for_all: old.isForAll ?? false, stores: named(old.ids), stores_total: old.total },
    { for_all: stores.isForAll ?? false, stores: named(stores.ids), stores_total: stores.total },
  );
  if (change === undefined) return undefined;
  await setExclusionStores(tx, before.exclusionId, choice === "all" ? "all" : chosen.keys);
  const both = [...new Set([...old.ids ?? [], ...stores.ids ?? []])];
  const isForAll = old.isForAll === true || stores.isForAll === true;
  return { ...change, stores: { ids: both, total: both.length, isForAll, where: stores.where } };
}
