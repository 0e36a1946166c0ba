import { codeOnly } from "./code_only.ts";

/** A declared list of parameters: of a function, a method, a constructor, an arrow function or a type of one. */
export interface ParameterList {
  readonly line: number;
  readonly parameters: readonly string[];
}

/** Behind these words, a bracket before a block holds no parameters. */
const NO_NAME = /\b(?:if|for|while|switch|catch|return)\s*$/;
const OPENING = "([{";
const CLOSING = ")]}";

/** Finds the parameter lists of a TypeScript file by its brackets. Lists of less than two parameters are left out. */
export function parameterLists(source: string): ParameterList[] {
  const text = codeOnly(source);
  const found: ParameterList[] = [];
  for (const { index } of text.matchAll(/\(/g)) {
    const { parts, end } = listFrom(text, index);
    if (parts.length < 2) continue;
    const behind = text.slice(end + 1);
    if (/^\s*\{/.test(behind) ? !NO_NAME.test(text.slice(0, index)) : isDeclaration(parts, behind)) {
      found.push({ line: text.slice(0, index).split("\n").length, parameters: parts });
    }
  }
  return found;
}

/** A call may stand before a colon, too: before the second half of a condition. Its arguments have no type and no default. */
function isDeclaration(parts: readonly string[], behind: string): boolean {
  return /^\s*=>|^: [\w.<>[\], ]+ =>/.test(behind) || (/^:/.test(behind) && parts.every(isDeclared));
}

function isDeclared(part: string): boolean {
  const typed = listFrom(`(${part.replaceAll("?:", ":")})`, 0, ":").parts.length > 1;
  return / = /.test(part) || (typed && !part.includes(" ? "));
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
  if (char === "<" && /[\w({["]/.test(after)) return 1;
  return char === ">" && /[\w)}\]>"]/.test(before) ? -1 : 0;
}
