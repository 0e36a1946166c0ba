import { IMPORT_KINDS, type ImportKind } from "../../db/imports/imports.ts";
import { type ColumnAliases, type ColumnName, COLUMNS_OF, isSameName, meaningOf, namesOf } from "./column_names.ts";
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

/** A column that is read, and what the file calls it. */
export interface CheckedColumn {
  readonly column: string;
  readonly name: string;
}

/** The columns that are read of a file. */
export function columnsRead({ kind, found }: Columns): CheckedColumn[] {
  return found.map(({ name }, place) => ({ column: COLUMNS_OF[kind][place] ?? name, name }));
}

/** The kinds of file that a header has all columns of. */
export function possibleKinds(header: readonly string[], aliases: ColumnAliases = new Map()): ImportKind[] {
  const table = new Header(header, aliases);
  return IMPORT_KINDS.filter((kind) => table.missing(kind).length === 0);
}

/** Whether a header has a column for store ids. Other files are not meant for Storewatch. */
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
  readonly meaning: ColumnName;
  readonly rank: number;
}

/** The names of a file's columns. */
class Header {
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
    return COLUMNS_OF[kind].filter((column) => this.candidates(column).length === 0);
  }

  choose(name: ColumnName): { column: Column; passedOver: NoticeKind[] } {
    const [best, ...others] = this.candidates(name);
    if (best === undefined) throw new InputError(`The column ${name} is missing; ${this.#listing()}`);
    if (others[0]?.rank === best.rank) throw new InputError(`The column ${name} is there twice; ${this.#listing()}`);
    return {
      column: best.column,
      passedOver: others.length === 0 ? [] : [passedOver(best.column.name, others.map(({ column }) => column.name))],
    };
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

  /** The kind nearest to the header, if there is one, shows which columns are missing. */
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

/** Says which of several names was read. */
export function passedOver(best: string, others: readonly string[]): NoticeKind {
  const message = `Several columns have one meaning: ${quoted(best)} was read, not ${others.map(quoted).join(", ")}`;
  return { code: "column_passed_over", message };
}
