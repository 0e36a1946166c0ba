import type { ClockChange } from "../../domain/time/clock_change.ts";
import { HOUR, type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";
import type { Gap } from "../../domain/gap.ts";
import type { Piece } from "../../domain/piece.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import { exactLength, roughLength } from "../kit/numbers.ts";
import { localTime } from "../kit/time.tsx";

export const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

export const STATE_WORDS: Record<Piece["state"], string> = {
  up: "Up",
  down: "Down",
  unobserved: "No data",
  closed: "Closed",
  excluded: "Excluded",
};

/** `Down from Wed 25 Jan, 12:13:22 to Wed 25 Jan, 13:40:10, 1:26:48, based on the poll of Wed 25 Jan, 12:13:22` */
export function pieceWords({ state, start, end, source }: Piece, zone: Timezone): string {
  const time = (instant: Micros) => localTime(instant, zone, "second");
  const poll = source === undefined ? "" : `, based on the poll of ${time(source)}`;
  return `${STATE_WORDS[state]} from ${time(start)} to ${time(end)}, ${exactLength(end - start)}${poll}`;
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

/** A time of day as `09:00`, with seconds if it has any. */
export function clockWords(time: Micros): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  const seconds = (time % MINUTE) / SECOND;
  return `${two(time / HOUR)}:${two((time % HOUR) / MINUTE)}${seconds === 0 ? "" : `:${two(seconds)}`}`;
}
