import { Turn } from "../../turn.ts";
import { jsonPieces, LONGEST_PIECE, notJson, shapeOf } from "./json_pieces.ts";

/** More members than any body has that is taken in. */
const MOST_MEMBERS = 1_000;
/** As much of a value as an answer may show. */
const SHOWN = 200;

/** A JSON text that can be parsed at once. */
export interface ReducedJson {
  readonly text: string;
  /** Members of the outermost object that were left out. */
  readonly omitted: number;
}

/**
 * Makes a long JSON text short, where only an object with few and short members can be right: what is left is as wrong as the whole.
 *
 * @throws {Problem} if the text is not JSON
 */
export async function reducedJson(text: string): Promise<ReducedJson> {
  if (text.length <= LONGEST_PIECE) return { text, omitted: 0 };
  const shape = shapeOf(text);
  if (shape === "other") return { text: otherValue(text), omitted: 0 };
  const kept: string[] = [];
  const turn = new Turn();
  let members = 0;
  for await (const pieces of jsonPieces(text)) {
    for (const piece of pieces) {
      const member = checked(shape === "array" ? `[${piece}]` : `{${piece}}`);
      if (++members <= MOST_MEMBERS) kept.push(member.slice(1, -1));
      if (turn.isOver) await turn.pass();
    }
  }
  if (shape === "array") return { text: "[]", omitted: 0 };
  return { text: `{${kept.join(",")}}`, omitted: members - kept.length };
}

/** A string, or nothing that is JSON: numbers and words are short. */
function otherValue(text: string): string {
  try {
    return JSON.stringify(String(JSON.parse(text)).slice(0, SHOWN));
  } catch (cause) {
    throw notJson(cause);
  }
}

/** A member as it is; only the beginning of a long value, as a string, since it is wrong in any case. */
function checked(member: string): string {
  if (member.length > LONGEST_PIECE) return shortened(member);
  try {
    JSON.parse(member);
  } catch (cause) {
    throw notJson(cause);
  }
  return member;
}

function shortened(member: string): string {
  if (member.startsWith("[")) return "[]";
  const [head, key] = /^\{\s*("(?:[^"\\]|\\.)*")\s*:\s*/.exec(member.slice(0, LONGEST_PIECE)) ?? [];
  if (head === undefined || key === undefined) return `{${JSON.stringify(member.slice(0, SHOWN))}:null}`;
  return `{${key}:${JSON.stringify(member.slice(head.length, head.length + SHOWN))}}`;
}
