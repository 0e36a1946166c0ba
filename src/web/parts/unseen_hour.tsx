import type { JSX } from "hono/jsx/jsx-runtime";
import { totalOf, type Totals } from "../../domain/measures/totals.ts";

/** Warns if no store was observed in the last hour of a report, although some were open. */
export function UnseenHour({ totals }: { totals: Totals }): JSX.Element | null {
  const { scheduled = 0n, observed } = totalOf(totals, "last_hour");
  if (observed !== 0n || scheduled === 0n) return null;
  return (
    <p class="trouble unseen-hour">
      <b>The last hour of this report is not observed.</b>{" "}
      No store was polled then, or shortly before. Its numbers for that hour follow from older polls alone.
    </p>
  );
}
