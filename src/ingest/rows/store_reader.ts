import type { StagedDetails } from "../../db/stores/stage_details.ts";
import { MOST_TAGS } from "../../db/stores/stage_details.ts";
import type { Fault } from "../faults/fault.ts";
import type { Notices } from "../faults/notice.ts";
import { SALES_PER_HOUR } from "../values/sales_per_hour.ts";
import { STORE_NAME, TAG_VALUE } from "../values/short_text.ts";
import { STORE_ID } from "../values/store_id.ts";
import { TARGET_PERCENT } from "../values/target_percent.ts";
import { Unreadable, type ValueKind } from "../values/value.ts";
import { Cells } from "./cells.ts";
import type { Columns } from "./columns.ts";
import { columnAt, type RowReader } from "./row_readers.ts";

const DETAILS = [
  ["name", STORE_NAME],
  ["sales_per_hour", SALES_PER_HOUR],
  ["target_percent", TARGET_PERCENT],
] as const;

/** A column of a stores file, what it holds, and how its value is kept. */
interface Cell {
  readonly column: { readonly name: string; readonly index: number };
  readonly kind: ValueKind<string>;
  readonly put: (details: Details, value: string | null) => void;
}

interface Details extends Record<"name" | "sales_per_hour" | "target_percent", string | null | undefined> {
  readonly tags: Record<string, string | null>;
}

/** Reads what is known of a store. An empty cell removes what was there. */
export function storeReader(columns: Columns, notices: Notices): RowReader<StagedDetails> {
  const id = columnAt(columns, 0);
  const wanted = cellsOf(columns);
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    const details: Details = { name: undefined, sales_per_hour: undefined, target_percent: undefined, tags: {} };
    for (const { column, kind, put } of wanted) {
      const text = cells.text(column);
      const value = text === "" ? null : kind.read(text, cells.note);
      if (value instanceof Unreadable) return cells.refuse(column, value);
      put(details, value);
    }
    const tags = Object.values(details.tags).filter((value) => value !== null).length;
    return tags > MOST_TAGS ? tooManyTags(tags) : cells.accept({ storeId, details });
  };
}

function cellsOf({ others, tags }: Columns): Cell[] {
  const known = DETAILS.flatMap(([name, kind]): Cell[] => {
    const column = others.get(name);
    return column === undefined ? [] : [{ column, kind, put: (details, value) => details[name] = value }];
  });
  const tagged = tags.map((column): Cell => ({
    column,
    kind: TAG_VALUE,
    put: (details, value) => details.tags[column.key] = value,
  }));
  return [...known, ...tagged];
}

function tooManyTags(tags: number): Fault {
  const reason = `has ${tags} tags, but a store has at most ${MOST_TAGS}: leave some out`;
  return { code: "too_many_tags", column: undefined, value: undefined, reason };
}
