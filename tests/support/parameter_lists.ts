/** A declared list of parameters: of a function, a method, a constructor, an arrow function or a type of one. */
export interface ParameterList {
  readonly line: number;
  readonly parameters: readonly string[];
}

const CONTROL = /\b(?:if|for|while|switch|catch|with)\s*$/;
const OPENING = "([{";
const CLOSING = ")]}";

/** Finds the parameter lists of a TypeScript file by its brackets. Lists of less than two parameters are left out. */
export function parameterLists(source: string): ParameterList[] {
  const text = codeOnly(source);
  const found: ParameterList[] = [];
  for (const { index } of text.matchAll(/\(/g)) {
    const { parts, end } = listFrom(text, index);
    if (parts.length < 2 || CONTROL.test(text.slice(0, index))) continue;
    if (isDeclaration(parts, text.slice(end + 1))) {
      found.push({ line: text.slice(0, index).split("\n").length, parameters: parts });
    }
  }
  return found;
}

/** A call may stand before a colon, too: before the second half of a condition. Its arguments have no types. */
function isDeclaration(parts: readonly string[], behind: string): boolean {
  return /^\s*(?:=>|\{)/.test(behind) || (/^\??:/.test(behind) && parts.every((part) => hasType(part)));
}

function hasType(part: string): boolean {
  const { parts } = listFrom(`(${part.replaceAll("?:", ":")})`, 0, ":");
  return parts.length > 1 && !part.includes(" ? ");
}

/** What stands between the commas of a bracket, but for those inside further brackets. */
function listFrom(text: string, open: number, separator = ","): { parts: string[]; end: number } {
  const parts: string[] = [];
  let [depth, start, end] = [1, open + 1, open + 1];
  for (; end < text.length; end++) {
    depth += depthChange(text, end);
    if (depth === 0) break;
    if (depth > 1 || text[end] !== separator) continue;
    parts.push(text.slice(start, end).trim());
    start = end + 1;
  }
  parts.push(text.slice(start, end).trim());
  return { parts: parts.filter((part) => part !== ""), end };
}

/** Formatted code has spaces around `<` and `>` where they compare, and none where they are brackets. */
function depthChange(text: string, at: number): number {
  const [before = "", char = "", after = ""] = [text[at - 1], text[at], text[at + 1]];
  if (OPENING.includes(char)) return 1;
  if (CLOSING.includes(char)) return -1;
  if (char === "<" && /[\w({[]/.test(after)) return 1;
  return char === ">" && /[\w)}\]>"]/.test(before) ? -1 : 0;
}

/** Comments, texts and patterns, which may hold brackets and commas. A template keeps what it computes. */
const NO_CODE =
  /\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<=[(,=:[!&|?{};]\s*|return )\/(?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\\\n[])+\/[a-z]*/g;

function codeOnly(source: string): string {
  return withoutTemplates(source.replaceAll(NO_CODE, (match) => `""${match.replaceAll(/[^\n]/g, "")}`));
}

/** From the inside out: a template without a computed part is a text. */
function withoutTemplates(text: string): string {
  let [before, after] = ["", text];
  while (before !== after) {
    before = after;
    after = before.replaceAll(
      /`(?:\\.|[^`\\$]|\$(?!\{)|\$\{[^`{}]*\})*`/g,
      (match) => `""${match.replaceAll(/[^\n]/g, "")}`,
    );
  }
  return after;
}
