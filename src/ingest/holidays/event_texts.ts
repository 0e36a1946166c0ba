import { count } from "../../domain/counted.ts";
import { InputError } from "../faults/input_error.ts";

/** An event of a calendar as it is written, without what is nested in it. */
export interface EventText {
  /** Its lines, with long ones put together again. */
  readonly lines: readonly string[];
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
}

/** The parts of an iCalendar file that are read. */
export interface CalendarTexts {
  readonly events: readonly EventText[];
  /** Tasks and journal entries. */
  readonly others: number;
}

const MOST_EVENTS = 20_000;
const MOST_LINES = 5_000;
/** A calendar has events, and those have alarms. */
const DEEPEST = 5;

const EDGE = /^(BEGIN|END):\s*([A-Z0-9-]+)\s*$/i;
const CANCELS = /^METHOD:\s*CANCEL\s*$/i;

/**
 * Splits an iCalendar file into its events.
 *
 * @throws {InputError} if its parts do not end, are nested too deep, or are too many
 */
export function eventTexts(text: string): CalendarTexts {
  const events: { lines: string[]; line: number }[] = [];
  const open: string[] = [];
  let others = 0;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const [, edge = "", name = ""] = EDGE.exec(line) ?? [];
    if (edge.toUpperCase() === "BEGIN") {
      open.push(name.toUpperCase());
      if (open.length > DEEPEST) throw broken(index, `is nested more than ${DEEPEST} deep`);
      if (open.length === 2 && open[1] === "VEVENT") events.push({ lines: [], line: index + 1 });
      if (open.length === 2 && (open[1] === "VTODO" || open[1] === "VJOURNAL")) others++;
      if (events.length > MOST_EVENTS) {
        throw new InputError(`The calendar has more than ${count(MOST_EVENTS)} events: split it`);
      }
    } else if (edge !== "") {
      if (open.pop() !== name.toUpperCase()) throw broken(index, "ends what does not begin before it");
    } else if (open.length === 1 && CANCELS.test(line)) throw new InputError(CANCELLATION);
    else if (open.length === 2 && open[1] === "VEVENT") addLine(events.at(-1)?.lines ?? [], line, index);
  }
  if (open.length > 0) throw new InputError(`The calendar is cut off: the end of ${open.at(-1)} is missing`);
  return { events, others };
}

const CANCELLATION = "The calendar has METHOD:CANCEL: it takes events back, and has none to load";

/** A line that begins with a blank goes on with the one before. */
function addLine(lines: string[], line: string, index: number): void {
  if (/^[ \t]/.test(line) && lines.length > 0) lines.push((lines.pop() ?? "") + line.slice(1));
  else if (line.trim() !== "") lines.push(line);
  if (lines.length > MOST_LINES) throw broken(index, `is an event of more than ${MOST_LINES} lines`);
}

function broken(index: number, reason: string): InputError {
  return new InputError(`The calendar cannot be read: line ${index + 1} ${reason}`);
}
