import type { Transaction } from "../../db/connection/client.ts";
import type { AuditedStores } from "../../db/audit/audit.ts";
import { type ChosenStores, lockChosen, type StoreChoice } from "../../db/stores/chosen_stores.ts";
import { whyNoFilter } from "../../domain/tags/tag_filter.ts";
import { invalid } from "../refusal.ts";

/** How many stores a list may name. */
export const MOST_STORES_GIVEN = 10_000;

/** Locks the stores that a change is for. @throws {Refusal} if one does not exist, or no store has the tags */
export async function chooseStores(tx: Transaction, choice: StoreChoice): Promise<ChosenStores> {
  refuseBadChoice(choice);
  const chosen = await lockChosen(tx, choice);
  if (chosen.unknown.length > 0) {
    throw invalid(...chosen.unknown.map((id) => ({ field: "stores", value: id, reason: "is not the id of a store" })));
  }
  if (choice !== "all" && "where" in choice && chosen.total === 0) {
    throw invalid({ field: "where", value: choice.where, reason: "matches no store" });
  }
  return chosen;
}

function refuseBadChoice(choice: StoreChoice): void {
  if (choice === "all") return;
  const reason = "ids" in choice ? whyNoList(choice.ids) : whyNoFilter(choice.where);
  if (reason === undefined) return;
  const [field, value] = "ids" in choice ? ["stores", `${choice.ids.length} ids`] : ["where", choice.where];
  throw invalid({ field: String(field), value, reason });
}

function whyNoList(ids: readonly string[]): string | undefined {
  return ids.length === 0 || ids.length > MOST_STORES_GIVEN
    ? `must have 1 to ${MOST_STORES_GIVEN} ids: choose more stores by their tags, with where`
    : undefined;
}

/** How the audit names the stores. */
export function auditedStores(choice: StoreChoice, { ids, total }: ChosenStores): AuditedStores {
  if (choice === "all") return { total, isForAll: true };
  return { ids, total, where: "where" in choice ? choice.where : undefined };
}
