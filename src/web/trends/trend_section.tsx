import type { JSX } from "hono/jsx/jsx-runtime";
import { uptimeRatio } from "../../domain/measures/percentage.ts";
import type { Trend, TrendDate } from "../../trends/trend.ts";
import { DateTable } from "./date_table.tsx";
import { TrendChart } from "./trend_chart.tsx";
import { floorOf, thinIn } from "./trend_scale.ts";

interface TrendSectionProps {
  readonly trend: Trend;
  readonly hrefOf: (day: TrendDate) => string;
  readonly title?: string;
}

/** The columns of a trend, what they mean, and their numbers. */
export function TrendSection({ trend, hrefOf, title = "Uptime by date" }: TrendSectionProps): JSX.Element {
  const hasBefore = trend.datesBefore.some((sums) => uptimeRatio(sums) !== undefined);
  return (
    <section aria-labelledby="dates">
      <h2 id="dates">{title}</h2>
      <TrendChart trend={trend} hrefOf={hrefOf} />
      <p class="legend">
        <Key name="up" word="up" />
        <Key name="down" word="down" />
        {hasBefore && <Key name="before" word="uptime of the period before" />}
        <Key name="unobserved" word="not observed" />
      </p>
      <p class="note">{scaleWords(trend)} Select a column to see what it is made of.</p>
      <DateTable trend={trend} hrefOf={hrefOf} />
    </section>
  );
}

function Key({ name, word }: { name: string; word: string }): JSX.Element {
  return (
    <span>
      <svg class="key trend-key" viewBox="0 0 10 10" aria-hidden="true">
        <rect class={name === "before" ? "up" : name} width="10" height="10" />
        {name === "before" && <rect class="before" y="4" width="10" height="2" />}
      </svg>
      {word}
    </span>
  );
}

function scaleWords({ dates, datesBefore }: Trend): string {
  const all = [...dates, ...datesBefore];
  const floor = floorOf(all);
  const isThin = dates.some(thinIn(all));
  return [
    ...floor === 0 ? [] : [`The scale begins at ${floor} %.`],
    ...isThin ? ["A faint column has few business hours, for example on a holiday."] : [],
  ].join(" ");
}
