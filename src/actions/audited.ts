import { type AuditEntry, recordChange } from "../db/audit/audit.ts";
import type { Transaction } from "../db/connection/client.ts";
import { retryConflicts } from "../db/postgres/retry_conflicts.ts";
import { transaction } from "../db/postgres/transaction.ts";
import type { ActionContext } from "./context.ts";

/** What a change returns to its caller, and how the audit keeps it. */
export interface Change<Result> {
  readonly result: Result;
  /** Undefined: nothing changed. */
  readonly entry: AuditEntry | undefined;
}

/** Looks at what is there before it changes. It throws if the caller means another state. */
export type Check<State> = (current: State) => void;

/** Makes a change and writes it into the audit, in one transaction: both are there, or none. */
export async function audited<Result>(
  { sql, ...source }: ActionContext,
  change: (tx: Transaction) => Promise<Change<Result>>,
): Promise<Result> {
  const once = () =>
    transaction(sql, async (tx) => {
      const { result, entry } = await change(tx);
      if (entry !== undefined) await recordChange(tx, source, entry);
      return result;
    });
  return await retryConflicts(once, () => Promise.resolve());
}

/** The fields of two states that differ. Undefined if none do. */
export function difference(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Pick<Required<AuditEntry>, "before" | "after"> | undefined {
  const names = Object.keys({ ...before, ...after })
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (names.length === 0) return undefined;
  const of = (state: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, state[name] ?? null]));
  return { before: of(before), after: of(after) };
}
