import { streamRejects } from "../../../src/db/imports/rejects.ts";
import type { Sql } from "../../../src/db/connection/client.ts";
import type { ImportResult } from "../../../src/ingest/import_file.ts";
import type { ImportInput } from "../../../src/ingest/input_file.ts";
import { ANY_REJECTS, importText } from "../../support/csv_file.ts";

/** Loads a text, and gives all parts that it had. */
export async function loadParts(
  sql: Sql,
  text: string | Uint8Array,
  input: Partial<ImportInput> = ANY_REJECTS,
): Promise<ImportResult[]> {
  const { body: _, ...options } = input;
  const result = await importText(sql, text, options);
  return [result, ...result.others];
}

export async function loadJson(sql: Sql, document: unknown, input?: Partial<ImportInput>): Promise<ImportResult[]> {
  return await loadParts(sql, JSON.stringify(document), input);
}

/** `line column value reason` of each rejected row of some parts. */
export async function rejects(sql: Sql, parts: readonly ImportResult[]): Promise<string[]> {
  const lists = await Promise.all(parts.map(({ importId }) => Array.fromAsync(streamRejects(sql, importId))));
  return lists.flat().map(({ line, column, value, reason }) => `${line} ${column} ${value ?? "-"} ${reason}`);
}

/** `code count` of each notice. */
export function notices(parts: readonly ImportResult[]): string[] {
  return parts.flatMap((part) => part.notices.map(({ code, count }) => `${code} ${count}`));
}
