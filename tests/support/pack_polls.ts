import type { Polls } from "../../src/domain/polls/poll.ts";
import { POLL_BYTES, PollColumns, type PollDay, writeEntry } from "../../src/domain/polls/poll_day.ts";
import { DAY, type Micros } from "../../src/domain/time/interval.ts";

/** Packs a store's polls, day by day. */
export function packPolls({ instants, active }: Polls): PollDay[] {
  const days: PollDay[] = [];
  for (let first = 0; first < instants.length;) {
    const day = Math.floor((instants[first] ?? 0) / DAY);
    let next = first + 1;
    while (next < instants.length && (instants[next] ?? 0) < (day + 1) * DAY) next++;
    const bytes = new Uint8Array((next - first) * POLL_BYTES);
    for (let poll = first; poll < next; poll++) {
      writeEntry(bytes, (poll - first) * POLL_BYTES, ((instants[poll] ?? 0) - day * DAY) * 2 + (active[poll] ?? 0));
    }
    days.push({ day, bytes });
    first = next;
  }
  return days;
}

/** Unpacks a day as a report does. */
export function unpack(columns: PollColumns, { day, bytes }: PollDay, asOf: Micros): void {
  columns.add({ day, bytes: new DataView(bytes.buffer), from: 0, to: bytes.length }, asOf);
}
