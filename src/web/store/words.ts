import type { ClockChange } from "../../domain/time/clock_change.ts";
import { HOUR, type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";
import type { Piece } from "../../domain/piece.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import { exactLength } from "../kit/numbers.ts";
import { localTime } from "../kit/time.tsx";

export const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

export const STATE_WORDS: Record<Piece["state"], string> = {
  up: "Up",
  down: "Down",
  unobserved: "No data",
  closed: "Closed",
};

/** `Down from Wed 25 Jan, 12:13:22 to Wed 25 Jan, 13:40:10, 1:26:48, based on the poll of Wed 25 Jan, 12:13:22` */
export function pieceWords({ state, start, end, source }: Piece, zone: Timezone): string {
  const time = (instant: Micros) => localTime(instant, zone, "second");
  const poll = source === undefined ? "" : `, based on the poll of ${time(source)}`;
  return `${STATE_WORDS[state]} from ${time(start)} to ${time(end)}, ${exactLength(end - start)}${poll}`;
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
