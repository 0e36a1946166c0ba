import type { JSX } from "hono/jsx/jsx-runtime";
import { HOUR } from "../../domain/time/interval.ts";
import { type MethodName, METHODS } from "../../domain/method.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";
import { counted, hoursMinutes, roughLength } from "../kit/numbers.ts";
import { localTime } from "../kit/time.tsx";
import { NoDataKey, NoDataPattern } from "../parts/no_data.tsx";
import { PollsKey } from "../parts/polls_key.tsx";
import { type Day, daysOf, lostOn, withoutData } from "./day.ts";
import { DayChart } from "./day_chart.tsx";
import { changeWords } from "./words.ts";

/** The week, one local day under the other. */
export function WeekChart({ timeline }: { timeline: StoreTimeline }): JSX.Element {
  const zone = timeline.openingRules.timezone;
  return (
    <section aria-labelledby="week">
      <h2 id="week">The week, day by day</h2>
      <NoDataPattern />
      <div class="week" data-week>
        <div class="axis" aria-hidden="true">
          {["00", "06", "12", "18", "24"].map((hour) => <span>{hour}</span>)}
        </div>
        <ol>{daysOf(timeline).map((day) => <DayRow day={day} zone={zone} />)}</ol>
        <p class="reading" role="status" data-reading>
          Point at a bar or a tick to see its times and its poll here. You can also tap it, or use Tab and the arrow
          keys.
        </p>
      </div>
      <Legend method={timeline.request.method} />
    </section>
  );
}

function DayRow({ day, zone }: { day: Day; zone: Timezone }): JSX.Element {
  const lost = lostOn(day);
  const date = localTime(day.start, zone, "date");
  const length = (day.end - day.start) / HOUR;
  return (
    <li>
      <span class="date">
        {date}
        {day.changes.map((change) => <small title={`This day has ${length} hours`}>{changeWords(change)}</small>)}
      </span>
      <DayChart day={day} zone={zone} label={dayWords(day, date)} />
      <span class={lost === 0 ? "lost nothing" : "lost"}>{lost === 0 ? "–" : hoursMinutes(lost)}</span>
    </li>
  );
}

function dayWords(day: Day, date: string): string {
  const open = day.openings.length === 0 ? "closed" : counted(day.openings.length, "opening");
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

function Legend({ method }: { method: MethodName }): JSX.Element {
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
      <PollsKey />
      <span class="right">hours lost</span>
    </p>
  );
}
