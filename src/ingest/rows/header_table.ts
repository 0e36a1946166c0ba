import { IMPORT_KINDS, type ImportKind } from "../../db/imports/imports.ts";
import { InputError } from "../faults/input_error.ts";
import type { NoticeKind } from "../faults/notice.ts";
import { passedOver, quotedName } from "./column_choice.ts";
import {
  type ColumnAliases,
  type ColumnName,
  COLUMNS_OF,
  COLUMNS_OF_WEEKS,
  isSameName,
  MAY_HAVE,
  meaningOf,
  namesOf,
} from "./column_names.ts";

export interface Column {
  /** As the file writes it. */
  readonly name: string;
  /** Its place in a row, from 0. */
  readonly index: number;
  /** Whether the user said that it counts as this column, whatever it is called. */
  readonly isAlias: boolean;
}

interface Candidate {
  readonly column: Column;
  readonly meaning: ColumnName;
  readonly rank: number;
}

/** The names of a file's columns, and what they may mean. */
export class HeaderTable {
  readonly #names: readonly string[];
  /** The columns that may be meant, the best name first. */
  readonly #candidates: ReadonlyMap<ColumnName, readonly Candidate[]>;

  constructor(header: readonly string[], aliases: ColumnAliases) {
    this.#names = header.map((name) => name.trim());
    const candidates = Map.groupBy(this.#named(), ({ meaning }) => meaning);
    for (const found of candidates.values()) found.sort((a, b) => a.rank - b.rank);
    for (const [column, alias] of aliases) {
      const found = this.#aliased(column, alias);
      if (found.length > 0) candidates.set(column, found);
    }
    this.#candidates = candidates;
  }

  get namedWidth(): number {
    return this.#names.findLastIndex((name) => name !== "") + 1;
  }

  /** All columns that have a name. */
  get columns(): Pick<Column, "name" | "index">[] {
    return this.#names.map((name, index) => ({ name, index })).filter(({ name }) => name !== "");
  }

  /** `the file has "store_id", "status"`, for an error. */
  get listing(): string {
    const shown = this.#names.slice(0, NAMES_SHOWN).map(quotedName);
    return `the file has ${shown.join(", ")}${this.#names.length > NAMES_SHOWN ? ", …" : ""}`;
  }

  candidates(column: ColumnName): readonly Candidate[] {
    return this.#candidates.get(column) ?? [];
  }

  #named(): Candidate[] {
    return this.#names.flatMap((name, index) => {
      const meaning = name === "" ? undefined : meaningOf(name);
      if (meaning === undefined) return [];
      return [{ column: { name, index, isAlias: false }, meaning: meaning.column, rank: meaning.rank }];
    });
  }

  /** The column itself if it is there so, letter for letter; else those that differ in letter case or between words. */
  #aliased(meaning: ColumnName, alias: string): Candidate[] {
    const exact = this.#names.includes(alias);
    return this.#names.flatMap((name, index) =>
      (exact ? name === alias : isSameName(name, alias))
        ? [{ column: { name, index, isAlias: true }, meaning, rank: -1 }]
        : []
    );
  }

  missing(kind: ImportKind): ColumnName[] {
    return this.columnsOf(kind).filter((column) => this.#lacks(column));
  }

  /** The columns that a file of a kind must have, with this header. */
  columnsOf(kind: ImportKind): readonly ColumnName[] {
    const isOfWeeks = kind === "hours" && !this.#lacks("opening_hours") &&
      COLUMNS_OF.hours.some((each) => this.#lacks(each));
    return isOfWeeks ? COLUMNS_OF_WEEKS : COLUMNS_OF[kind];
  }

  #lacks(column: ColumnName): boolean {
    return this.candidates(column).length === 0;
  }

  /** Whether a file of a kind can have this header. */
  fits(kind: ImportKind): boolean {
    return this.missing(kind).length === 0 && (kind !== "stores" || this.columns.length > 1);
  }

  /** Whether it has a column under its own name, and not under one that means it too. */
  has(column: ColumnName): boolean {
    return (this.candidates(column)[0]?.rank ?? Infinity) <= 0;
  }

  choose(name: ColumnName): { column: Column; passedOver: NoticeKind[] } {
    const [best, ...others] = this.candidates(name);
    if (best === undefined) throw new InputError(`The column ${name} is missing; ${this.listing}`);
    if (others[0]?.rank === best.rank) throw new InputError(`The column ${name} is there twice; ${this.listing}`);
    return {
      column: best.column,
      passedOver: others.length === 0 ? [] : [passedOver(best.column.name, others.map(({ column }) => column.name))],
    };
  }

  /** A file of one kind may have columns that another kind would use: they are not read. */
  ofOtherKinds(chosen: ImportKind): NoticeKind[] {
    const own = [...this.columnsOf(chosen), ...MAY_HAVE[chosen]];
    return IMPORT_KINDS.filter((kind) => kind !== chosen && this.fits(kind)).flatMap((kind) => {
      const others = [...this.columnsOf(kind), ...MAY_HAVE[kind]].filter((column) => !own.includes(column));
      const names = others.flatMap((column) => this.candidates(column).slice(0, 1))
        .map(({ column }) => quotedName(column.name));
      if (names.length === 0) return [];
      const message = `The file was read as ${chosen}: ${names.join(", ")} would be read from a file of ${kind}`;
      return [{ code: "columns_of_other_kind", message }];
    });
  }
}

const NAMES_SHOWN = 20;

/** Says which columns a kind of file lacks. */
export function lacks(table: HeaderTable, kind: ImportKind, missing: readonly ColumnName[]): string {
  const names = missing.map(namesOf).join(", ");
  const example = `${missing[0]}=NAME`;
  return `A file of ${kind} needs the ${missing.length === 1 ? "column" : "columns"} ${names}; ${table.listing}. ` +
    `If a column has another name there, say so: --column ${example} (over HTTP ?column=${example})`;
}
