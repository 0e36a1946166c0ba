import { type AuditedChange, listAudit } from "../../db/audit/audit_list.ts";
import type { Transaction } from "../../db/connection/client.ts";
import { readStoresById } from "../../db/polls/poll_days.ts";
import { type LatePolls, latePolls } from "../../domain/fingerprints/late_polls.ts";
import type { Result } from "../../domain/measures/result.ts";
import type { StoreFacts } from "../../domain/measures/store_time.ts";
import type { Measuring } from "../../domain/report_request.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Timezones } from "../timezones.ts";
import type { Comparison } from "./comparison.ts";
import type { StoreDifference } from "./difference.ts";
import { haveChanged, pollsThen, usedNow } from "./polls_then.ts";

/** What explaining a store takes, beside the comparison. */
export interface Look {
  readonly tx: Transaction;
  readonly then: Result;
  readonly measuring: Measuring;
  readonly timezones: Timezones;
  readonly signal: AbortSignal | undefined;
}

/** Stores that are read at a time: each comes with all its polls. */
const BATCH = 50;

/** Looks at the polls of doubtful stores: did polls change, or do only moved windows or openings make the report use others? */
export async function settleDoubts({ findings, doubtful }: Comparison, look: Look): Promise<void> {
  const listed = new Map(findings.stores.map((store) => [store.storeId, store]));
  for (let first = 0; first < doubtful.length; first += BATCH) {
    look.signal?.throwIfAborted();
    const rows = doubtful.slice(first, first + BATCH);
    const ids = rows.map((row) => look.then.storeIds[row] ?? "");
    if (findings.because.has("polls") && !ids.some((id) => listed.has(id))) continue;
    const facts = await readFacts(look, ids);
    for (const [index, storeId] of ids.entries()) {
      const found = facts.get(storeId);
      if (found === undefined || !haveChanged(found, pollsThen(look.measuring, look.then, rows[index] ?? 0))) continue;
      findings.because.add("polls");
      listed.get(storeId)?.because.add("polls");
    }
  }
}

/** Some stores with all their polls up to as-of, by id. Those of unknown zones are left out. */
async function readFacts(
  { tx, measuring, timezones }: Look,
  storeIds: readonly string[],
): Promise<Map<string, StoreFacts>> {
  const stores = await readStoresById(tx, storeIds, measuring.asOf);
  const facts = new Map<string, StoreFacts>();
  for (const { storeId, rules: stored, polls } of stores) {
    const rules = timezones.open(stored);
    if (!(rules instanceof RangeError)) facts.set(storeId, { rules, polls });
  }
  return facts;
}

/** A store whose rows differ, and what happened to it since the report. */
export interface ExplainedStore extends StoreDifference {
  /** The polls used; undefined if they did not change, or if the store has no row on one side. */
  readonly polls: { readonly then: number; readonly now: number; readonly late: LatePolls | undefined } | undefined;
  /** The latest changes that the audit has. */
  readonly changes: readonly AuditedChange[];
}

/** How many changes of a store are listed. */
const MOST_CHANGES = 5;

/** @param since when the report was started */
export async function explainStores(
  stores: readonly StoreDifference[],
  look: Look,
  since: Micros,
): Promise<ExplainedStore[]> {
  const polled = stores.flatMap(({ storeId, because }) => because.has("polls") ? [storeId] : []);
  const facts = await readFacts(look, polled);
  const explained: ExplainedStore[] = [];
  for (const store of stores) {
    const changes = await listAudit(look.tx, { storeId: store.storeId, since, limit: MOST_CHANGES });
    explained.push({ ...store, polls: pollsOf(store, facts.get(store.storeId), look), changes });
  }
  return explained;
}

function pollsOf({ row }: StoreDifference, facts: StoreFacts | undefined, { measuring, then }: Look) {
  if (row === undefined || facts === undefined) return undefined;
  const before = pollsThen(measuring, then, row);
  const used = usedNow(facts, before);
  return { then: before.count, now: used.instants.length, late: latePolls(used, before) };
}
