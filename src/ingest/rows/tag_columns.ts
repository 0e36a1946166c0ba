import { InputError } from "../faults/input_error.ts";
import type { NoticeKind } from "../faults/notice.ts";
import { quotedName } from "./column_choice.ts";

/** A column of a stores file that gives each store a tag. */
export interface TagColumn {
  /** The header in lower case. */
  readonly key: string;
  /** As the file writes it. */
  readonly name: string;
  readonly index: number;
}

const TAG = /^[a-z][a-z0-9_]{0,31}$/;

/**
 * Finds the tags of a stores file among the columns that mean nothing else.
 *
 * @throws {InputError} if two columns have one key
 */
export function findTags(columns: readonly Omit<TagColumn, "key">[]): { tags: TagColumn[]; notices: NoticeKind[] } {
  const tags = columns.map((column) => ({ ...column, key: column.name.toLowerCase() }));
  const found = tags.filter(({ key }) => TAG.test(key));
  for (const [key, same] of Map.groupBy(found, ({ key }) => key)) {
    if (same.length > 1) throw new InputError(`The tag ${key} is there twice: rename or remove one of its columns`);
  }
  return { tags: found, notices: notTags(tags.filter(({ key }) => !TAG.test(key))) };
}

function notTags(others: readonly TagColumn[]): NoticeKind[] {
  if (others.length === 0) return [];
  const names = others.slice(0, NAMES_SHOWN).map(({ name }) => quotedName(name)).join(", ");
  const more = others.length > NAMES_SHOWN ? ", …" : "";
  const message =
    `Headers that are no tags were not read: ${names}${more}. A tag is a letter and up to 31 letters, digits or _`;
  return [{ code: "headers_not_tags", message }];
}

const NAMES_SHOWN = 20;
