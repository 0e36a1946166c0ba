import { InputError } from "../faults/input_error.ts";
import { Turn } from "../../turn.ts";
import { count } from "../../domain/counted.ts";

/** Deeper ones are no list of locations. */
const DEEPEST = 50;

/** A value takes about 60 bytes of memory, and 14,000 stores have 1.2 million. */
const MOST_VALUES = 4_000_000;

/** A number that a double would round, as ids of 19 digits are. */
const LONG_NUMBER = /[[:,\s]-?\d{16}/;
const WHOLE = /^-?\d+$/;

/**
 * Reads a JSON text, or several objects one after the other, as JSON Lines have them. A whole number that a double would round
 * stays the text that it is. Others run meanwhile, but not while the parser of the runtime reads: 20 MB take it 0.15 s.
 *
 * @throws {InputError} if it is no JSON, saying where, or too large
 */
export async function readJson(text: string): Promise<unknown> {
  const places = await topLevel(text);
  const values = places.map(([start, end]) => parse(text.slice(start, end)));
  return values.length === 1 ? values[0] : values;
}

function parse(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? JSON.parse(text, keepLong) : JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new InputError(`The file is no JSON: ${cause.message}`, { cause });
  }
}

function keepLong(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  const isRounded = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && source !== undefined && WHOLE.test(source) ? source : value;
}

const TOO_DEEP = `The JSON is nested more than ${DEEPEST} deep: it is no list of locations`;
const TOO_MANY = `The JSON has more than ${count(MOST_VALUES)} values: split the file`;

/**
 * Where the values of the top level are. Counts what a parser would make, before it makes it.
 *
 * @throws {InputError} if it is too much, or too deep
 */
async function topLevel(text: string): Promise<[start: number, end: number][]> {
  const turn = new Turn();
  const places: [number, number][] = [];
  let [start, depth, values, steps] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    if (++steps % 512 === 0 && turn.isOver) await turn.pass();
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "{" || character === "[") {
      values++;
      if (++depth > DEEPEST) throw new InputError(TOO_DEEP);
    } else if (character === ",") values++;
    else if ((character === "}" || character === "]") && --depth === 0) {
      places.push([start, at + 1]);
      start = at + 1;
    }
    if (values > MOST_VALUES) throw new InputError(TOO_MANY);
  }
  // What is left is cut off, or no JSON: the parser says what.
  if (places.length === 0 || text.slice(start).trim() !== "") places.push([start, text.length]);
  return places;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
