import { type FileForm, type Separator, SEPARATORS } from "./file_form.ts";
import { InputError } from "../faults/input_error.ts";
import type { TextBlock } from "./text_blocks.ts";

const LINE_END = /\r\n|\r|\n/g;
/** As PowerShell writes it. */
const TYPE_LINE = /^"?#TYPE(?:\s|$)/i;
/** As Excel reads and writes it. */
const SEPARATOR_LINE = /^ *"?sep=([^"]*?)"? *$/i;

/** Skips what may stand before the header, and finds the separator in the header. */
export class CsvStart {
  readonly #form: FileForm;
  #sawFirstLine = false;
  #sawHeader = false;
  #separatorIsSet = false;

  constructor(form: FileForm) {
    this.#form = form;
  }

  /** @returns the block from the header on */
  skip({ text, line }: TextBlock): TextBlock {
    if (this.#sawHeader) return { text, line };
    let at = 0;
    let lines = 0;
    for (const end of text.matchAll(LINE_END)) {
      if (this.#takeLine(text.slice(at, end.index), text.slice(at))) break;
      at = end.index + end[0].length;
      lines++;
    }
    if (!this.#sawHeader && !this.#takeLine(text.slice(at), text.slice(at))) at = text.length;
    return { text: text.slice(at), line: line + lines };
  }

  /** @returns whether the line is the header */
  #takeLine(line: string, rest: string): boolean {
    if (line.trim() === "") return false;
    if (!this.#sawFirstLine) {
      this.#sawFirstLine = true;
      if (TYPE_LINE.test(line)) return false;
      const separator = SEPARATOR_LINE.exec(line)?.[1];
      if (separator !== undefined) return this.#set(separator);
    }
    if (!this.#separatorIsSet) this.#form.separator = separatorOf(rest);
    return this.#sawHeader = true;
  }

  #set(text: string): false {
    const separator = SEPARATORS.find((each) => each === text) ?? (text === "\\t" ? "\t" : undefined);
    if (separator === undefined) {
      throw new InputError(`The first line sets the separator ${JSON.stringify(text)}, but it must be , ; | or a tab`);
    }
    this.#form.separator = separator;
    this.#separatorIsSet = true;
    return false;
  }
}

/** The separator that a header shows: outside of quotes, it stands there most often. */
function separatorOf(text: string): Separator {
  const counts = new Map<string, number>(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === "\n" || character === "\r") break;
    const count = counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  return [...SEPARATORS].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0] ?? ",";
}
