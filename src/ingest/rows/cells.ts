import type { Column } from "./columns.ts";
import { type Fault, shown } from "../faults/fault.ts";
import type { NoticeKind, Notices } from "../faults/notice.ts";
import { Unreadable, type ValueKind } from "../values/value.ts";

/** The cells of one row after the other. Notices of a row count only if the whole row is good. */
export class Cells {
  readonly #notices: Notices;
  readonly #note = (kind: NoticeKind) => void this.#noted.push(kind);
  #fields: readonly string[] = [];
  #line = 0;
  #noted: NoticeKind[] = [];
  #fault: Fault | undefined;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** Turns to the next row. */
  start(fields: readonly string[], line: number): void {
    this.#fields = fields;
    this.#line = line;
    this.#fault = undefined;
    if (this.#noted.length > 0) this.#noted = [];
  }

  text(column: Column): string {
    return (this.#fields[column.index] ?? "").trim();
  }

  /** @returns `undefined` if the cell cannot be read; `fault` says why */
  read<Value>(column: Column, kind: ValueKind<Value>): Value | undefined {
    const value = kind.read(this.text(column), this.#note);
    return value instanceof Unreadable ? this.refuse(column, value) : value;
  }

  refuse(column: Column, { code, reason }: Unreadable): undefined {
    this.#fault ??= { code, column: column.name, value: shown(this.text(column)), reason };
  }

  /** What is wrong with the row; the first thing that is. */
  get fault(): Fault {
    return this.#fault ?? { code: "unreadable", column: undefined, value: undefined, reason: "cannot be read" };
  }

  /** The row is good. */
  accept<Row>(row: Row): Row {
    if (this.#noted.length > 0) { for (const kind of this.#noted) this.#notices.add(kind, this.#line); }
    return row;
  }
}
