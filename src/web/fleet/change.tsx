import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { totalOf, type Totals } from "../../domain/measures/totals.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { isPrevious, previousOf } from "../../domain/time/previous_window.ts";
import { wordsBefore } from "../../domain/time/window_words.ts";
import type { EarlierReport } from "../../report/earlier_report.ts";
import { changeBetween, pointsBetween } from "./points.ts";
import { percent } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

interface WindowOf {
  readonly totals: Totals;
  readonly window: WindowName;
}

/** How an uptime changed since an earlier report. */
export function SinceEarlier({ totals, window, earlier }: WindowOf & { earlier: EarlierReport }): JSX.Element | null {
  const { report, notComparable } = earlier;
  if (report.totals === undefined) return null;
  const isComparable = !isPrevious(window) && !notComparable.has(window);
  const change = isComparable ? pointsBetween(totalOf(report.totals, window), totalOf(totals, window)) : undefined;
  const time = <Time at={report.asOf ?? 0} style="short" />;
  return <Change change={change} than={<>on {time}</>} since={time} />;
}

/** How an uptime changed since the window before, which the same report measures. */
export function SincePrevious({ totals, window }: WindowOf): JSX.Element {
  const previous = previousOf(window);
  const then = totalOf(totals, previous);
  const change = changeBetween(then, totalOf(totals, window));
  const before = `${wordsBefore(previous)} (${percent(then)})`;
  if (change === undefined) {
    return (
      <dd class="change">
        <span class="same">Too little was observed to compare it with {before}</span>
      </dd>
    );
  }
  return <Change change={change} than={`in ${before}`} since={before} />;
}

interface ChangeProps {
  readonly change: number | undefined;
  /** `on 24 Jan 2023` */
  readonly than: Child;
  readonly since: Child;
}

function Change(props: ChangeProps): JSX.Element {
  return (
    <dd class="change">
      <ChangeWords {...props} />
    </dd>
  );
}

function ChangeWords({ change, than, since }: ChangeProps): JSX.Element {
  if (change === undefined) return <span class="same">&nbsp;</span>;
  if (change === 0) return <span class="same">No change since {since}</span>;
  const [kind, arrow, word] = change > 0 ? ["better", "▲", "higher"] : ["worse", "▼", "lower"];
  return (
    <span class={kind}>
      <span aria-hidden="true">{arrow}</span> {Math.abs(change).toFixed(2)} percentage points {word} than {than}
    </span>
  );
}
