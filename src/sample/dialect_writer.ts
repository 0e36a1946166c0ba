import type { Dialect } from "./dialects.ts";

/** Rewrites the rows of one file from the plain form, some whole rows at a time, from its header on. */
export class DialectWriter {
  readonly #dialect: Dialect;
  readonly #decoder = new TextDecoder();
  #columns: string[] = [];
  #rows = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** @param plain whole rows, each with its line end */
  rewrite(plain: Uint8Array): Uint8Array {
    const rows = this.#decoder.decode(plain).split("\n").slice(0, -1);
    const { end } = this.#dialect;
    return this.#encode(rows.map((row) => `${this.#row(row)}${end}`).join(""));
  }

  #row(row: string): string {
    const cells = row.split(",");
    const { first, end, header = (name: string) => name } = this.#dialect;
    if (this.#columns.length > 0) {
      return this.#joined(cells.map((cell, place) => this.#cell(cell, place)), this.#rows++);
    }
    this.#columns = cells;
    return `${this.#mark()}${first === undefined ? "" : `${first}${end}`}${this.#joined(cells.map(header), "")}`;
  }

  #cell(cell: string, place: number): string {
    const rewrites: Readonly<Partial<Record<string, (text: string) => string>>> = this.#dialect.cells;
    return cell === "" ? cell : rewrites[this.#columns[place] ?? ""]?.(cell) ?? cell;
  }

  #joined(cells: readonly string[], index: number | ""): string {
    const all = this.#dialect.index ? [String(index), ...cells] : cells;
    const quote = this.#dialect.quotes ? '"' : "";
    return all.map((cell) => `${quote}${cell}${quote}`).join(this.#dialect.separator);
  }

  #mark(): string {
    return this.#dialect.encoding === "UTF-8" ? "" : "\ufeff";
  }

  #encode(text: string): Uint8Array {
    if (this.#dialect.encoding !== "UTF-16 with mark") return new TextEncoder().encode(text);
    const view = new DataView(new ArrayBuffer(2 * text.length));
    for (let index = 0; index < text.length; index++) view.setUint16(2 * index, text.charCodeAt(index), true);
    return new Uint8Array(view.buffer);
  }
}
