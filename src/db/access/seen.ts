import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { codeOf } from "../../error_code.ts";
import { SCHEMA, sibling, type Sql } from "../connection/client.ts";

/** Where the views of what a key sees are. */
export const SEEN_SCHEMA = "storewatch_seen";

/** Few, since each filter has a pool: sixteen of them take 32 connections of the 100 that Postgres has by default. */
const CONNECTIONS = 2;
const IDLE_SECONDS = 30;

/**
 * Opens a pool to the same database that shows stores with some tags alone, and what belongs to them. Whatever is asked through it, rows
 * of other stores are not there.
 */
export function openSeen(sql: Sql, where: TagFilter): Sql {
  return sibling(sql, {
    max: CONNECTIONS,
    name: "storewatch seen",
    idleSeconds: IDLE_SECONDS,
    settings: {
      search_path: `${SEEN_SCHEMA}, ${SCHEMA}`,
      "storewatch.seen": ascii(JSON.stringify(where)),
      "storewatch.seen_path": pathOf(where),
    },
  });
}

/** A filter as a jsonpath: each key has one of its values. */
export function pathOf(where: TagFilter): string {
  const conditions = Object.entries(where).map(([key, values]) => {
    const choices = values.map((value) => `$.${quoted(key)} == ${quoted(value)}`);
    return choices.length === 0 ? "(1 == 0)" : `(${choices.join(" || ")})`;
  });
  if (conditions.length === 0) throw new RangeError("A filter without tags would show all stores");
  return conditions.join(" && ");
}

function quoted(text: string): string {
  return ascii(JSON.stringify(text));
}

/** Settings of a connection travel before its encoding is agreed on. */
function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A row would leave what is seen; a rule of ours; a view that takes no changes. */
const OUTSIDE = ["44000", "SW403", "55000"];

/** Whether a change failed because it concerns stores that are not seen. */
export function isOutside(error: unknown): boolean {
  return OUTSIDE.includes(codeOf(error) ?? "");
}
