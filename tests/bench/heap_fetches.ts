import { transaction } from "../../src/db/postgres/transaction.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import type { Fleet } from "./context.ts";

/** A step of a plan that was carried out. */
interface PlanNode {
  readonly "Actual Rows"?: number;
  readonly "Heap Fetches"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How a week's polls were read through their index. */
export interface HeapFetches {
  readonly polls: number;
  /** Polls that had to be looked up in the table, since no vacuum had seen them yet. */
  readonly fetched: number;
}

/** Reads all polls of the week before the latest one in the order of the index, and asks Postgres how it went. */
export async function heapFetches({ sql, asOf }: Fleet): Promise<HeapFetches> {
  return await transaction(sql, async (tx) => {
    await tx`set local enable_seqscan = off`;
    const [row] = await tx<{ "QUERY PLAN": [{ Plan: PlanNode }] }[]>`
      explain (analyze, timing off, format json)
      select store_key, at, active from polls where at > instant(${asOf - 168 * HOUR}) order by store_key, at`;
    const nodes = row === undefined ? [] : nodesOf(row["QUERY PLAN"][0].Plan);
    return {
      polls: nodes[0]?.["Actual Rows"] ?? NaN,
      fetched: nodes.reduce((sum, node) => sum + (node["Heap Fetches"] ?? 0), 0),
    };
  });
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
