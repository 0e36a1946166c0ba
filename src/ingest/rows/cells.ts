import type { Column } from "./columns.ts";
import { type Fault, shown } from "../faults/fault.ts";
import type { NoticeKind, Notices } from "../faults/notice.ts";
import type { Note, Unreadable } from "../values/value.ts";

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

  text({ index }: Column): string {
    return (this.#fields[index] ?? "").trim();
  }

  refuse(column: Column, { code, reason }: Unreadable): Fault {
    return { code, column: column.name, value: shown(this.text(column)), reason };
  }

  accept<Row>(row: Row): Row {
    for (const kind of this.#noted) this.#notices.add(kind, this.#line);
    return row;
  }
}
