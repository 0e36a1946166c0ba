import type { StagedPoll } from "../db/polls/stage_polls.ts";
import { type PollLimits, whyUnbelievable } from "../domain/polls/poll_limits.ts";
import type { Columns } from "./rows/columns.ts";
import { shown } from "./faults/fault.ts";
import { isFault, type RowReader } from "./rows/row_readers.ts";

/** Rejects polls with an impossible time. */
export function believable(
  read: RowReader<StagedPoll>,
  { found: [, , instant] }: Columns,
  limits: PollLimits,
): RowReader<StagedPoll> {
  return (fields, line) => {
    const row = read(fields, line);
    const reason = isFault(row) ? undefined : whyUnbelievable(row.at, limits);
    if (reason === undefined) return row;
    return {
      code: "unbelievable_instant",
      column: instant?.name,
      value: shown(fields[instant?.index ?? -1] ?? ""),
      reason,
    };
  };
}
