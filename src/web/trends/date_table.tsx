import type { JSX } from "hono/jsx/jsx-runtime";
import { uptimeRatio } from "../../domain/measures/percentage.ts";
import type { Trend, TrendDate } from "../../trends/trend.ts";
import { dateWords, hourWords, observedWords, uptimeWords } from "./trend_words.ts";

interface DateTableProps {
  readonly trend: Pick<Trend, "dates" | "datesBefore">;
  readonly hrefOf: (day: TrendDate) => string;
}

/** The numbers of the columns, for screen readers, and to copy. The latest date is first. */
export function DateTable({ trend, hrefOf }: DateTableProps): JSX.Element {
  const rows = trend.dates.map((day, place) => ({ day, before: trend.datesBefore[place] }))
    .filter(({ day }) => day.stores > 0).reverse();
  const hasBefore = rows.some(({ before }) => before !== undefined && uptimeRatio(before) !== undefined);
  return (
    <details class="numbers">
      <summary>The numbers date by date</summary>
      <div class="scroll">
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Date</th>
              <th scope="col" class="numeric">Uptime</th>
              {hasBefore && <th scope="col" class="numeric">The period before</th>}
              <th scope="col" class="numeric">Hours down</th>
              <th scope="col" class="numeric">Observed</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ day, before }) => (
              <tr>
                <th scope="row">
                  <a href={hrefOf(day)}>{dateWords(day.date, "short")}</a>
                </th>
                <td class="numeric">{uptimeWords(day)}</td>
                {hasBefore && <td class="numeric">{before === undefined ? "–" : uptimeWords(before)}</td>}
                <td class="numeric">{hourWords(day.down)}</td>
                <td class="numeric">{observedWords(day)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
