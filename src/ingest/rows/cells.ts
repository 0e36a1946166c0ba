import type { Column } from "./header_table.ts";
import { type Fault, shown } from "../faults/fault.ts";
import type { NoticeKind, Notices } from "../faults/notice.ts";
import { type Note, Unreadable, type ValueKind } from "../values/value.ts";

/** The cells of one row after the other. Notices of a row count only if the whole row is good. */
export class Cells {
  readonly note: Note = (kind) => void this.#noted.push(kind);
  readonly #notices: Notices;
  #fields: readonly string[] = [];
  #line = 0;
  #noted: NoticeKind[] = [];

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** Turns to the next row. */
  start(fields: readonly string[], line: number): void {
    this.#fields = fields;
    this.#line = line;
    if (this.#noted.length > 0) this.#noted = [];
  }

  text({ index }: Pick<Column, "index">): string {
    return (this.#fields[index] ?? "").trim();
  }

  refuse(column: Pick<Column, "name" | "index">, { code, reason }: Unreadable): Fault {
    return { code, column: column.name, value: shown(this.text(column)), reason };
  }

  /** Reads a cell that may be missing, or empty. */
  optional(column: Column | undefined, kind: ValueKind<string>): string | undefined | Fault {
    const text = column === undefined ? "" : this.text(column);
    if (column === undefined || text === "") return undefined;
    const value = kind.read(text, this.note);
    return value instanceof Unreadable ? this.refuse(column, value) : value;
  }

  accept<Row>(row: Row): Row {
    for (const kind of this.#noted) this.#notices.add(kind, this.#line);
    return row;
  }
}
