import type { JSX } from "hono/jsx/jsx-runtime";
import type { BusinessHours, WeeklyHours } from "../../domain/openings/business_hours.ts";
import { clockWords, DAY_NAMES } from "./words.ts";

/** The store's weekly hours, in its local time. */
export function HoursTable({ hours }: { hours: WeeklyHours }): JSX.Element {
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">Business hours</h2>
      {hours === undefined
        ? <p class="quiet">No hours are known, so the store is treated as open 24/7.</p>
        : hours.length === 0
        ? <p class="quiet">The store's hours say that it is always closed.</p>
        : <WeekOfHours hours={hours} />}
    </section>
  );
}

function WeekOfHours({ hours }: { hours: readonly BusinessHours[] }): JSX.Element {
  return (
    <dl class="facts narrow">
      {DAY_NAMES.map((name, day) => (
        <div>
          <dt>{name}</dt>
          <dd>{wordsOf(hours.filter((row) => row.day === day))}</dd>
        </div>
      ))}
    </dl>
  );
}

function wordsOf(rows: readonly BusinessHours[]): string {
  if (rows.length === 0) return "closed";
  return rows.toSorted((a, b) => a.start - b.start).map(({ start, end }) => {
    const overnight = end <= start ? " (next day)" : "";
    return `${clockWords(start)}–${clockWords(end)}${overnight}`;
  }).join(", ");
}
