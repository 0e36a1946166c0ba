import type { ClockChange } from "../../domain/time/clock_change.ts";
import { HOUR, type Micros, MINUTE } from "../../domain/time/interval.ts";
import type { Gap } from "../../domain/gap.ts";
import type { Piece } from "../../domain/piece.ts";
import type { ExplainedPiece } from "../../domain/openings/why_not.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import { whyWords } from "../calendar/calendar_words.ts";
import { exactLength, roughLength } from "../kit/numbers.ts";
import { localTime } from "../kit/time.tsx";

export const STATE_WORDS: Record<Piece["state"], string> = {
  up: "Up",
  down: "Down",
  unobserved: "No data",
  closed: "Closed",
  excluded: "Excluded",
};

/**
 * `Down from Wed 25 Jan, 12:13:22 to Wed 25 Jan, 13:40:10, 1:26:48, based on the poll of Wed 25 Jan, 12:13:22`, or
 * `Special date: Christmas, from …`
 */
export function pieceWords({ state, start, end, source, whyNot }: ExplainedPiece, zone: Timezone): string {
  const time = (instant: Micros) => localTime(instant, zone, "second");
  const poll = source === undefined ? "" : `, based on the poll of ${time(source)}`;
  const words = whyNot === undefined || whyNot.because === "closed" ? STATE_WORDS[state] : `${whyWords(whyNot)},`;
  return `${words} from ${time(start)} to ${time(end)}, ${exactLength(end - start)}${poll}`;
}

/** `No data for 14 h 30 min, from Tue 24 Jan, 20:00:00 to Wed 25 Jan, 10:30:00; 2 h 00 min of business hours not observed` */
export function gapWords({ start, end, scheduled, ongoing }: Gap, zone: Timezone): string {
  const time = (instant: Micros) => localTime(instant, zone, "second");
  const missing = `${roughLength(scheduled)} of business hours not observed`;
  if (!Number.isFinite(start)) {
    return `No data up to ${time(end)}: no ${ongoing ? "poll at all" : "earlier poll"}; ${missing}`;
  }
  const until = ongoing ? `${time(end)}, and no poll since` : time(end);
  return `No data for ${roughLength(end - start)}, from ${time(start)} to ${until}; ${missing}`;
}

/** `Clocks go forward 1 h` */
export function changeWords({ by }: ClockChange): string {
  const length = Math.abs(by);
  const size = length % HOUR === 0 ? `${length / HOUR}\u00a0h` : `${Math.round(length / MINUTE)} min`;
  return `clocks go ${by > 0 ? "forward" : "back"} ${size}`;
}
