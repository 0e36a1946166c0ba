import type { Notice } from "../../db/imports/imports.ts";

/** A kind of notice. One object each, since a file may have millions of rows that need it. */
export interface NoticeKind {
  readonly code: string;
  readonly message: string;
}

/** Gathers the notices of one file. Readers fill it; the import stores it. */
export class Notices {
  readonly #found = new Map<string, { code: string; message: string; count: number; firstLine: number }>();

  /** Counts a notice. Of several messages with one code, the first stays. */
  add({ code, message }: NoticeKind, line: number): void {
    const found = this.#found.get(code);
    if (found === undefined) this.#found.set(code, { code, message, count: 1, firstLine: line });
    else found.count++;
  }

  /** Counts notices that were gathered elsewhere: what `place` makes of their first lines. */
  addAll(notices: readonly Notice[], place: (firstLine: number) => number): void {
    for (const { firstLine, count, ...kind } of notices) {
      const line = place(firstLine);
      const found = this.#found.get(kind.code);
      if (found === undefined) this.#found.set(kind.code, { ...kind, count, firstLine: line });
      else found.count += count;
    }
  }

  /** In the order in which they first occurred. */
  list(): Notice[] {
    return [...this.#found.values()].map((notice) => ({ ...notice }));
  }
}
