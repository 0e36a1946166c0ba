import type { PollsTarget } from "../../db/polls/stage_polls.ts";
import { pollLimits } from "../../domain/polls/poll_limits.ts";
import { InputError } from "../faults/input_error.ts";
import type { OpenFile } from "../input_file.ts";
import type { Intake } from "../intake.ts";
import { openIntake } from "../open_intake.ts";
import { columnsRead } from "../rows/columns.ts";
import { readHeader, readTable } from "../rows/header.ts";
import { type FilePart, stageRows } from "../stage_file.ts";
import type { CsvRecord } from "../text/csv_record.ts";
import type { PlainLines } from "../text/text_blocks.ts";

/**
 * Reads the header of a table.
 *
 * @param bytes those of the file, from its first one
 * @throws {InputError} if the header is missing or does not fit
 */
export async function tablePart(
  file: OpenFile,
  bytes: AsyncIterable<Uint8Array>,
  target: PollsTarget,
): Promise<FilePart> {
  if (file.input.stores !== undefined) throw new InputError(STORES_OF_CALENDARS);
  const plain: PlainLines = {};
  const batches = readTable(bytes, file.form, plain);
  const { columns, first } = await readHeader(batches, file.input);
  const { kind, notices } = columns;
  return {
    file,
    kind,
    columns: columnsRead(columns),
    storeIds: [],
    stage: (tx) =>
      stageRows(tx, {
        file,
        kind,
        notices,
        open: async (tx) => takingPlain(await openIntake(tx, columns, contextOf(file, target)), plain),
        batches: () => recordsOf(first, batches),
      }),
  };
}

export const STORES_OF_CALENDARS =
  "The stores can be chosen for an iCalendar file alone: other files name their stores themselves";

function contextOf({ input, notices, now }: OpenFile, target: PollsTarget): Parameters<typeof openIntake>[2] {
  return { ...input, actor: input.actor ?? "anonymous", target, notices, limits: pollLimits(now, input.maxPollAhead) };
}

/** From now on, plain lines go straight to the intake, if it takes some. */
function takingPlain(intake: Intake, plain: PlainLines): Intake {
  const { plain: polls } = intake;
  if (polls !== undefined) plain.take = (block) => polls.take(block);
  return intake;
}

async function* recordsOf(
  first: readonly CsvRecord[],
  rest: AsyncIterable<CsvRecord[]>,
): AsyncGenerator<readonly CsvRecord[]> {
  yield first;
  yield* rest;
}
