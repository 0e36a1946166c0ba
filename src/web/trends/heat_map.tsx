import type { JSX } from "hono/jsx/jsx-runtime";
import { weekdayOf } from "../../domain/time/date.ts";
import { HOURS_OF_DAY } from "../../domain/trends/day_sums.ts";
import type { Trend } from "../../trends/trend.ts";
import { roughLength } from "../kit/numbers.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
/** Shades of downtime. An hour without downtime has no shade. */
const LEVELS = 8;

/** An hour of the week. */
interface Cell {
  readonly weekday: number;
  readonly hour: number;
  /** Downtime of all stores together in this hour of an average such weekday, in microseconds. */
  readonly down: number;
}

/** When stores are down: downtime by weekday and hour, each store by its own clock. */
export function HeatMap({ trend, isOne }: { trend: Trend; isOne: boolean }): JSX.Element | null {
  const cells = cellsOf(trend);
  const worst = cells.reduce((most, cell) => cell.down > most.down ? cell : most, { weekday: 0, hour: 0, down: 0 });
  if (worst.down === 0) return null;
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">Downtime by weekday and hour</h2>
      <table class="heat">
        <thead>
          <tr>
            <td></td>
            {Array.from(
              { length: HOURS_OF_DAY },
              (_, hour) => (
                <th scope="col" class={hour % 6 === 0 ? "named" : undefined}>
                  <span>{two(hour)}</span>
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((name, weekday) => (
            <tr>
              <th scope="row">
                <abbr title={name}>{name.slice(0, 3)}</abbr>
              </th>
              {cells.filter((cell) => cell.weekday === weekday).map((cell) => <Hour cell={cell} most={worst.down} />)}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">
        The stronger the color, the more downtime. Most of it is on {cellWords(worst)}: {roughLength(worst.down)}{" "}
        on an average {WEEKDAYS[worst.weekday]}
        {isOne ? "" : ", all stores together"}. Hours are those of {isOne ? "the store's" : "each store's"} own clock.
      </p>
    </section>
  );
}

/** Of a period, some weekdays have one date more: averages can be compared. */
function cellsOf({ dates, downByHour }: Trend): Cell[] {
  const counts = WEEKDAYS.map((_, weekday) =>
    dates.filter(({ date, storeDays }) => storeDays > 0 && weekdayOf(date) === weekday).length
  );
  return downByHour.map((down, place) => {
    const weekday = Math.floor(place / HOURS_OF_DAY);
    return { weekday, hour: place % HOURS_OF_DAY, down: Number(down) / Math.max(1, counts[weekday] ?? 0) };
  });
}

function Hour({ cell, most }: { cell: Cell; most: number }): JSX.Element {
  const level = Math.ceil(cell.down / most * LEVELS);
  const length = cell.down === 0 ? "none" : roughLength(cell.down);
  return (
    <td class={`heat-${level}`} title={`${cellWords(cell)}: ${length}`}>
      <span>{length}</span>
    </td>
  );
}

/** `Fridays from 19 to 20` */
function cellWords({ weekday, hour }: Cell): string {
  return `${WEEKDAYS[weekday]}s from ${two(hour)} to ${two(hour + 1)}`;
}

function two(hour: number): string {
  return String(hour).padStart(2, "0");
}
