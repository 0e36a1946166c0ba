import type { JSX } from "hono/jsx/jsx-runtime";
import { HOUR } from "../../domain/time/interval.ts";
import { type MethodName, METHODS } from "../../domain/method.ts";
import { spanOf } from "../../domain/time/window.ts";
import { isClassic } from "../../domain/time/window_list.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";
import { counted, hoursMinutes, roughLength } from "../kit/numbers.ts";
import { dayAnchor } from "../kit/links.ts";
import { localTime } from "../kit/time.tsx";
import { NoDataKey, NoDataPattern } from "../parts/no_data.tsx";
import { PollsKey } from "../parts/polls_key.tsx";
import { exclusionWords, KIND_WORDS, specialWords } from "../calendar/calendar_words.ts";
import { CalendarKeys, CalendarPatterns } from "../calendar/patterns.tsx";
import { type Day, daysOf, excludedOn, lostOn, withoutData } from "./day.ts";
import { DayChart } from "./day_chart.tsx";
import { changeWords } from "./words.ts";

/** The week, one local day under the other. */
export function WeekChart({ timeline }: { timeline: StoreTimeline }): JSX.Element {
  const zone = timeline.openingRules.timezone;
  const days = daysOf(timeline);
  return (
    <section aria-labelledby="week">
      <h2 id="week">{headingOf(timeline)}</h2>
      <NoDataPattern />
      <CalendarPatterns />
      <div class="week" data-week>
        <div class="axis" aria-hidden="true">
          {["00", "06", "12", "18", "24"].map((hour) => <span>{hour}</span>)}
        </div>
        <ol>{days.map((day) => <DayRow day={day} zone={zone} />)}</ol>
        <p class="reading" role="status" data-reading>
          Point at a bar or a tick to see its times and its poll here. You can also tap it, or use Tab and the arrow
          keys. To exclude time, draw over it with the mouse, or use the form below.
        </p>
      </div>
      <Legend
        method={timeline.request.method}
        hasNotes={days.some((day) => day.special !== undefined || excludedOn(day).length > 0)}
      />
    </section>
  );
}

/** A month has room; of a longer time, the last days are shown. */
function headingOf({ request, span, windows }: StoreTimeline): string {
  if (isClassic(request.windows)) return "The week, day by day";
  const isCut = span.start > spanOf(windows.map(({ window }) => window)).start;
  return isCut ? "The last 31 days of the report's windows, day by day" : "The report's windows, day by day";
}

function DayRow({ day, zone }: { day: Day; zone: Timezone }): JSX.Element {
  const lost = lostOn(day);
  const date = localTime(day.start, zone, "date");
  const length = (day.end - day.start) / HOUR;
  return (
    <li id={dayAnchor(day.date)}>
      <span class="date">
        {date}
        <Notes day={day} />
        {day.changes.map((change) => <small title={`This day has ${length} hours`}>{changeWords(change)}</small>)}
      </span>
      <DayChart day={day} zone={zone} label={dayWords(day, date)} />
      <span class={lost === 0 ? "lost nothing" : "lost"}>{lost === 0 ? "–" : hoursMinutes(lost)}</span>
    </li>
  );
}

/** Why the day differs from the store's usual week. */
function Notes({ day }: { day: Day }): JSX.Element {
  const { special } = day;
  return (
    <>
      {special !== undefined && <small class="note-of-day">{special.reason ?? "special date"}</small>}
      {excludedOn(day).map(({ kind, reason }) => (
        <small class="note-of-day">{reason === "" ? `excluded: ${KIND_WORDS[kind]}` : reason}</small>
      ))}
    </>
  );
}

/** `, special date: Christmas, excluded: planned closure, kitchen renovation` */
function noteWords(day: Day): string {
  const special = day.special === undefined ? "" : `, ${lowerFirst(specialWords(day.special))}`;
  const excluded = excludedOn(day).map((exclusion) => `, excluded: ${exclusionWords(exclusion)}`);
  return `${special}${excluded.join("")}`;
}

function lowerFirst(words: string): string {
  return `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

function dayWords(day: Day, date: string): string {
  const open = `${day.openings.length === 0 ? "closed" : counted(day.openings.length, "opening")}${noteWords(day)}`;
  const lost = lostOn(day);
  const polls = counted(day.polls.length, "poll");
  const gap = withoutData(day);
  const noData = gap === 0 ? "" : `, no data for ${roughLength(gap)}`;
  return `${date}: ${open}, ${polls}, ${lost === 0 ? "nothing" : roughLength(lost)} lost${noData}`;
}

function keysOf(method: MethodName): [string, string][] {
  const { closed, unobserved } = METHODS[method];
  return [
    ["opening", "open"],
    ["up", "up"],
    ["down", "down"],
    ["unobserved", unobserved === "uptime" ? "open, no data, counts as up" : "open, no data, not counted"],
    ...(closed === "uptime" ? [["closed", "closed, counts as up"] as [string, string]] : []),
  ];
}

function Legend({ method, hasNotes }: { method: MethodName; hasNotes: boolean }): JSX.Element {
  return (
    <p class="legend">
      {keysOf(method).map(([name, word]) => (
        <span>
          <svg class={`key ${name}`} viewBox="0 0 1 1" aria-hidden="true">
            <rect class={name} width="1" height="1" />
          </svg>
          {word}
        </span>
      ))}
      <NoDataKey />
      {hasNotes && <CalendarKeys />}
      <PollsKey />
      <span class="right">hours lost</span>
    </p>
  );
}
