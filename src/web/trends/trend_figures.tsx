import type { JSX } from "hono/jsx/jsx-runtime";
import type { TrendSums } from "../../domain/trends/trend_sums.ts";
import { totalOf, type Trend } from "../../trends/trend.ts";
import { pointsBetween } from "../fleet/points.ts";
import { count, counted } from "../kit/numbers.ts";
import { datesWords, hourWords, observedWords, uptimeWords, whyNotCompared } from "./trend_words.ts";

/** The numbers of a whole period, and how they changed. */
export function TrendFigures({ trend }: { trend: Trend }): JSX.Element {
  const { total, before, stores } = totalOf(trend.groups);
  const reason = whyNotCompared(total, before, trend.datesBefore);
  return (
    <section aria-labelledby="period">
      <h2 id="period" class="unseen">The whole period</h2>
      <dl class="figures">
        <div class="figure">
          <dt>Uptime</dt>
          <dd class="number">{uptimeWords(total)}</dd>
          {reason === undefined && (
            <dd class="change">
              <Points now={total} then={before} /> than {datesWords(trend.before)}
            </dd>
          )}
        </div>
        <div class="figure">
          <dt>Downtime</dt>
          <dd class="number">
            {hourWords(total.down)} <small>hours</small>
          </dd>
          <dd class="lost">of {hourWords(total.up + total.down)} observed hours</dd>
        </div>
        <div class="figure">
          <dt>Observed</dt>
          <dd class="number">{observedWords(total)}</dd>
          <dd class="lost">of {hourWords(total.scheduled)} business hours</dd>
        </div>
        {stores > 1 && (
          <div class="figure">
            <dt>Stores</dt>
            <dd class="number">{count(stores)}</dd>
          </div>
        )}
      </dl>
      {reason !== undefined && <p class="note">No comparison: {reason}.</p>}
    </section>
  );
}

/** The difference of two uptimes in percentage points. A difference in percent would be another number. */
export function Points({ now, then }: { now: TrendSums; then: TrendSums }): JSX.Element {
  const points = pointsBetween(then, now);
  if (points === undefined) return <span class="same">–</span>;
  if (points === 0) return <span class="same">±0.00 points</span>;
  const [kind, arrow, word] = points > 0 ? ["better", "▲", "higher"] : ["worse", "▼", "lower"];
  return (
    <span class={kind}>
      <span aria-hidden="true">{arrow}</span> {Math.abs(points).toFixed(2)} points {word}
    </span>
  );
}

/** How many sums are on their way. Nothing if none are. */
export function Lacking({ lacking }: { lacking: number }): JSX.Element | null {
  return lacking === 0 ? null : (
    <p class="trouble" role="status">
      {counted(lacking, "daily sum")} {lacking === 1 ? "is" : "are"} being computed, and {lacking === 1 ? "is" : "are"}
      {" "}
      not in these numbers yet. Reload the page in a moment.
    </p>
  );
}
