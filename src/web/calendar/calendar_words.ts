import type { Actor } from "../../domain/actor.ts";
import type { Exclusion, ExclusionKind } from "../../domain/openings/exclusion.ts";
import type { OpeningTime } from "../../domain/openings/opening_time.ts";
import { DAY, HOUR, type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";
import type { EpochDay, Timezone } from "../../domain/time/timezone.ts";
import type { ExclusionNote, SpecialDateNote, WhyNot } from "../../domain/openings/why_not.ts";
import { localTime } from "../kit/time.tsx";

export const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

export const KIND_WORDS: Readonly<Record<ExclusionKind, string>> = {
  planned: "planned closure",
  pause: "merchant pause",
  platform: "platform incident",
  other: "other",
};

/** Where a change came from: `by the key till`, `on a page`. */
export function actorWords(actor: Actor): string {
  if (actor === "command") return "by a command";
  if (actor === "page") return "on a page";
  if (actor === "anonymous") return "over HTTP";
  const [kind, ...name] = actor.split(":");
  return kind === "key" ? `by the key ${name.join(":")}` : `by ${name.join(":")}`;
}

/** `Closed`, `Special date: Christmas`, `Excluded: planned closure, kitchen renovation, made by a command` */
export function whyWords(why: WhyNot): string {
  if (why.because === "closed") return "Closed";
  if (why.because === "special_date") return specialWords(why.specialDate);
  return `Excluded: ${why.exclusions.map(exclusionWords).join("; ")}`;
}

export function specialWords({ reason, isForAll }: SpecialDateNote): string {
  return `Special date${reason === undefined ? "" : `: ${reason}`}${isForAll ? ", all stores" : ""}`;
}

export function exclusionWords({ kind, reason, madeBy }: Pick<ExclusionNote, "kind" | "reason" | "madeBy">): string {
  return [KIND_WORDS[kind], ...reason === "" ? [] : [reason], `made ${actorWords(madeBy)}`].join(", ");
}

/** `Sun 25 Dec 2022` */
export function dateWords(date: EpochDay): string {
  return localTime(date * DAY, undefined, "full").replace(/, 00:00$/, "");
}

/** A time of day as `09:00`, with seconds if it has any. From 24:00 on, it is on the next date. */
export function clockWords(time: Micros): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, "0");
  const seconds = (time % MINUTE) / SECOND;
  return `${two(time / HOUR)}:${two((time % HOUR) / MINUTE)}${seconds === 0 ? "" : `:${two(seconds)}`}`;
}

/** `08:00–12:00, 18:00–02:00 (next day)`; `closed` without openings. */
export function openingWords(times: readonly OpeningTime[]): string {
  if (times.length === 0) return "closed";
  return times.toSorted((a, b) => a.start - b.start).map(({ start, end }) => {
    const overnight = end <= start ? " (next day)" : "";
    return `${clockWords(start)}–${clockWords(end)}${overnight}`;
  }).join(", ");
}

/** Both ends of an exclusion in a store's zone; without a store, as they were written. */
export function endsOf(exclusion: Exclusion, zone: Timezone | undefined): { from: string; to: string } {
  const { isLocal, from, to } = exclusion;
  const words = (at: Micros, timezone?: Timezone) => localTime(at, timezone, "full");
  if (zone !== undefined && !isLocal) return { from: words(from, zone), to: words(to, zone) };
  const place = isLocal ? zone === undefined ? " local" : "" : " UTC";
  return { from: `${words(from)}${place}`, to: `${words(to)}${place}` };
}
