import type { JSX } from "hono/jsx/jsx-runtime";
import { type AskedTrend, PERIODS, trendAddress } from "./asked_trend.ts";

/** Leads to longer and shorter periods. */
export function Periods({ asked }: { asked: AskedTrend }): JSX.Element {
  return (
    <nav class="choices" aria-label="Period">
      {PERIODS.map((days) => (
        <a
          class="button"
          href={trendAddress(asked, { days })}
          aria-current={days === asked.days ? "true" : undefined}
        >
          {days} days
        </a>
      ))}
    </nav>
  );
}

/** What a page says if there is nothing to draw. */
export function NoTrend({ isFiltered = false }: { isFiltered?: boolean }): JSX.Element {
  if (isFiltered) {
    return <p class="lead">No store with these tags has polls of a date that is over. Choose other tags above.</p>;
  }
  return (
    <p class="lead">
      There is nothing to show yet. A trend needs polls of at least one date that is over. Dates appear here some
      seconds after they are over.
    </p>
  );
}
