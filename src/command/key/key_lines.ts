import type { AccessKey } from "../../db/access/keys.ts";
import { filterText } from "../../domain/tags/tag_filter.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";

const HEAD = ["name", "scopes", "stores", "begins with", "made", "expires", "last use", "state"];

/** A table of keys. */
export function keyLines(keys: readonly AccessKey[]): string[] {
  if (keys.length === 0) return [];
  const rows = [HEAD, ...keys.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}

function cellsOf({ name, scopes, where, beginning, madeAt, expiresAt, lastUsedAt, state }: AccessKey): string[] {
  const days = [
    dayOf(madeAt),
    expiresAt === null ? "never" : dayOf(expiresAt),
    lastUsedAt === null ? "never" : minuteOf(lastUsedAt),
  ];
  return [name, scopes.join(","), where === null ? "all" : filterText(where), `${beginning}…`, ...days, state];
}

function dayOf(at: Micros): string {
  return formatInstant(at).slice(0, 10);
}

function minuteOf(at: Micros): string {
  return `${formatInstant(at).slice(0, 16).replace("T", " ")} UTC`;
}
