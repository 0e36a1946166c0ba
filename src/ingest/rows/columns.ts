import { IMPORT_KINDS, type ImportKind } from "../../db/imports/imports.ts";
import { type ColumnAliases, type ColumnName, COLUMNS_OF, isSameName, namesOf, rankOf } from "./column_names.ts";
import { InputError } from "../faults/input_error.ts";
import type { NoticeKind } from "../faults/notice.ts";

export interface Column {
  /** As the file writes it. */
  readonly name: string;
  /** Its place in a row, from 0. */
  readonly index: number;
  /** Whether the user said that it counts as this column, whatever it is called. */
  readonly isAlias: boolean;
}

/** Where a file has the columns that its kind needs. */
export interface Columns {
  readonly kind: ImportKind;
  /** The number of fields in each row. */
  readonly width: number;
  /** The fields behind it have no name in the header: rows may leave them out. */
  readonly namedWidth: number;
  /** In the order in which an error names them. */
  readonly found: readonly Column[];
  /** What was chosen between. */
  readonly notices: readonly NoticeKind[];
}

export interface ColumnOptions {
  /** Told by the header if not given. */
  readonly kind?: ImportKind | undefined;
  readonly aliases?: ColumnAliases | undefined;
}

/**
 * Finds the columns of a kind of file by their names in the header, in any order and letter case.
 *
 * @throws {InputError} if the header lacks a column, has one twice, or tells no kind
 */
export function findColumns(header: readonly string[], { kind, aliases = new Map() }: ColumnOptions = {}): Columns {
  const table = new Header(header, aliases);
  const fitting = IMPORT_KINDS.filter((each) => table.missing(each).length === 0);
  const chosen = kind ?? fitting[0];
  if (chosen === undefined) throw new InputError(table.unknownKind());
  const missing = table.missing(chosen);
  if (missing.length > 0) throw new InputError(table.lacks(chosen, missing));
  const choices = COLUMNS_OF[chosen].map((column) => table.choose(column));
  return {
    kind: chosen,
    width: header.length,
    namedWidth: table.namedWidth,
    found: choices.map(({ column }) => column),
    notices: [...choices.flatMap(({ passedOver }) => passedOver), ...table.ofOtherKinds(chosen, fitting)],
  };
}

/** The kinds of file that a header has all columns of. */
export function possibleKinds(header: readonly string[], aliases: ColumnAliases = new Map()): ImportKind[] {
  const table = new Header(header, aliases);
  return IMPORT_KINDS.filter((kind) => table.missing(kind).length === 0);
}

/** Whether a header has a column for the id of a store, so that the file is meant for Storewatch. */
export function hasStoreId(header: readonly string[], aliases: ColumnAliases = new Map()): boolean {
  return new Header(header, aliases).candidates("store_id").length > 0;
}

/** Whether a row has the header's fields. Those without a name there may be left out, and empty ones may be too many. */
export function fits(fields: readonly string[], { width, namedWidth }: Columns): boolean {
  if (fields.length <= width) return fields.length >= namedWidth;
  return fields.slice(width).every((field) => field.trim() === "");
}

interface Candidate {
  readonly column: Column;
  readonly rank: number;
}

/** The names of a file's columns. */
class Header {
  readonly #names: readonly string[];
  readonly #aliases: ColumnAliases;

  constructor(header: readonly string[], aliases: ColumnAliases) {
    this.#names = header.map((name) => name.trim());
    this.#aliases = aliases;
  }

  get namedWidth(): number {
    return this.#names.findLastIndex((name) => name !== "") + 1;
  }

  /** The columns that may be meant, the best name first. */
  candidates(column: ColumnName): Candidate[] {
    const alias = this.#aliases.get(column);
    const aliased = alias === undefined ? [] : this.#named(alias);
    if (aliased.length > 0) return aliased;
    return this.#names.flatMap((name, index) => {
      const rank = rankOf(name, column);
      return rank === undefined ? [] : [{ column: { name, index, isAlias: false }, rank }];
    }).sort((a, b) => a.rank - b.rank);
  }

  /** The column itself if it is there so, letter for letter; else those that differ in letter case or between words. */
  #named(alias: string): Candidate[] {
    const exact = this.#names.filter((name) => name === alias).length > 0;
    return this.#names.flatMap((name, index) =>
      (exact ? name === alias : isSameName(name, alias)) ? [{ column: { name, index, isAlias: true }, rank: -1 }] : []
    );
  }

  missing(kind: ImportKind): ColumnName[] {
    return COLUMNS_OF[kind].filter((column) => this.candidates(column).length === 0);
  }

  choose(name: ColumnName): { column: Column; passedOver: NoticeKind[] } {
    const [best, ...others] = this.candidates(name);
    if (best === undefined) throw new InputError(`The column ${name} is missing; ${this.#listing()}`);
    if (others[0]?.rank === best.rank) throw new InputError(`The column ${name} is there twice; ${this.#listing()}`);
    return { column: best.column, passedOver: others.length === 0 ? [] : [passedOver(best, others)] };
  }

  /** A file of one kind may have columns that another kind would use: they are not read. */
  ofOtherKinds(chosen: ImportKind, fitting: readonly ImportKind[]): NoticeKind[] {
    return fitting.filter((kind) => kind !== chosen).map((kind) => {
      const own = COLUMNS_OF[kind].filter((column) => !COLUMNS_OF[chosen].includes(column));
      const names = own.flatMap((column) => this.candidates(column).slice(0, 1)).map(({ column }) =>
        quoted(column.name)
      );
      return {
        code: "columns_of_other_kind",
        message: `The file was read as ${chosen}: ${names.join(", ")} would be read from a file of ${kind}`,
      };
    });
  }

  lacks(kind: ImportKind, missing: readonly ColumnName[]): string {
    const names = missing.map(namesOf).join(", ");
    const example = `${missing[0]}=NAME`;
    return `A file of ${kind} needs the ${missing.length === 1 ? "column" : "columns"} ${names}; ${this.#listing()}. ` +
      `If a column has another name there, say so: --column ${example} (over HTTP ?column=${example})`;
  }

  /** The kind that the header is nearest to tells what is missing, if there is one. */
  unknownKind(): string {
    const nearest = IMPORT_KINDS.map((kind) => ({ kind, missing: this.missing(kind) }))
      .filter(({ kind, missing }) => COLUMNS_OF[kind].length - missing.length > 1)
      .sort((a, b) => a.missing.length - b.missing.length)[0];
    if (nearest !== undefined) return `The header tells no kind of file. ${this.lacks(nearest.kind, nearest.missing)}`;
    const expected = IMPORT_KINDS.map((kind) => `${kind} (${COLUMNS_OF[kind].join(", ")})`).join(", ");
    return `The header tells no kind of file; expected are ${expected}; ${this.#listing()}`;
  }

  #listing(): string {
    const shown = this.#names.slice(0, NAMES_SHOWN).map(quoted);
    return `the file has ${shown.join(", ")}${this.#names.length > NAMES_SHOWN ? ", …" : ""}`;
  }
}

const NAMES_SHOWN = 20;
const LONGEST_NAME = 40;

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, LONGEST_NAME));
}

function passedOver(best: Candidate, others: readonly Candidate[]): NoticeKind {
  const names = others.map(({ column }) => quoted(column.name)).join(", ");
  return {
    code: "column_passed_over",
    message: `Several columns have one meaning: ${quoted(best.column.name)} was read, ${names} was not`,
  };
}
