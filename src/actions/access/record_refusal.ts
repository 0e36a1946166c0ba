import { recordChange } from "../../db/audit/audit.ts";
import { withoutKeys } from "../../domain/access/key_pattern.ts";
import { transaction } from "../../db/postgres/transaction.ts";
import type { ActionContext } from "../context.ts";

/** A request that was not answered, because of where it came from. */
export interface RefusedRequest {
  /** Why: `unknown`, `expired`, or the scope that is missing. */
  readonly reason: string;
  readonly method: string;
  readonly path: string;
  readonly address: string | undefined;
}

const LONGEST_PATH = 300;

/** Writes a refusal into the audit. */
export async function recordRefusal(
  { sql, ...source }: ActionContext,
  { reason, method, path, address = "" }: RefusedRequest,
): Promise<void> {
  const after = { reason, method, path: withoutKeys(path).slice(0, LONGEST_PATH), address };
  await transaction(sql, async (tx) => await recordChange(tx, source, { action: "access.refuse", after }));
}
