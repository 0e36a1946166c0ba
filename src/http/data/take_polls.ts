import type { ActionContext } from "../../actions/context.ts";
import { takeInPolls } from "../../actions/take_in_polls.ts";
import { shown } from "../../ingest/faults/fault.ts";
import type { LivePolls } from "../../ingest/live_polls.ts";
import { Turn } from "../../turn.ts";
import { jsonPieces, LONGEST_PIECE, notJson, shapeOf } from "../kit/json_pieces.ts";
import { reducedJson } from "../kit/reduced_json.ts";
import { invalidParameters } from "../kit/validation.ts";

/** Lines of newline-delimited JSON that are merged at a time. */
const BATCH = 1_000;
/** The names of the three fields have more characters, with what stands between them. */
const SHORTEST_POLL = 40;

/** Takes in a poll a line, a thousand at a time. Blank lines do not count. */
export async function takeLines(
  context: ActionContext,
  live: LivePolls,
  blocks: AsyncIterable<readonly string[]>,
): Promise<void> {
  const turn = new Turn();
  for await (const lines of blocks) {
    for (const line of lines) {
      if (turn.isOver) await turn.pass();
      if (line.trim() === "" || isSkipped(live, line)) continue;
      const poll = parse(line);
      if (poll instanceof SyntaxError) live.reject(() => rejected("not_json", line, "is not JSON"));
      else live.take(poll);
      if (live.waiting >= BATCH) await takeInPolls(context, live);
    }
  }
  await takeInPolls(context, live);
}

/**
 * Takes in a poll, or an array of polls in one transaction.
 *
 * @throws {Problem} if the text is not JSON, or neither of both
 */
export async function takeJson(context: ActionContext, live: LivePolls, text: string): Promise<void> {
  const shape = shapeOf(text);
  if (shape === "array") await takePieces(live, text);
  else {
    const poll = parse((await reducedJson(text)).text);
    if (poll instanceof SyntaxError) throw notJson(poll);
    if (shape === "other") throw neither(poll);
    live.take(poll);
  }
  await takeInPolls(context, live);
}

async function takePieces(live: LivePolls, text: string): Promise<void> {
  const turn = new Turn();
  for await (const pieces of jsonPieces(text)) {
    for (const piece of pieces) {
      if (turn.isOver) await turn.pass();
      if (piece.length > LONGEST_PIECE) {
        live.reject(() => rejected("too_long", piece, `is longer than ${LONGEST_PIECE} characters`));
        continue;
      }
      const poll = parse(piece);
      if (poll instanceof SyntaxError) throw notJson(poll);
      live.take(poll);
    }
  }
}

/** What cannot be a poll is only counted once there are enough rejects: millions of short lines would take half a minute. */
function isSkipped(live: LivePolls, line: string): boolean {
  if (!live.hasEnoughRejects || line.length >= SHORTEST_POLL && line.trimStart().startsWith("{")) return false;
  live.reject(() => rejected("not_a_poll", line, "is not a poll"));
  return true;
}

function rejected(code: string, text: string, reason: string) {
  return { code, column: undefined, value: shown(text), reason };
}

function neither(value: unknown) {
  return invalidParameters([{ parameter: "body", value, reason: "must be a poll or an array of polls" }]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
