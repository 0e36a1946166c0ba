import type { JSX } from "hono/jsx/jsx-runtime";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { HOUR } from "../../domain/time/interval.ts";
import { isPrevious } from "../../domain/time/previous_window.ts";
import { theWindow, windowLabel, windowWords } from "../../domain/time/window_words.ts";
import type { Totals } from "../../domain/measures/totals.ts";
import type { EarlierReport, NotComparable } from "../../report/earlier_report.ts";
import { count, counted, percent } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";
import { SinceEarlier, SincePrevious } from "./change.tsx";
import { type Judged, JudgedWords } from "./judged.tsx";
import { HowSure, Sureness } from "../parts/sureness.tsx";

interface FleetNumbersProps {
  readonly totals: Totals;
  /** The report to compare with. Undefined without an earlier one, or if the report measures the time before itself. */
  readonly earlier: EarlierReport | undefined;
  /** Which stores these are, if not all: `42 stores with region West`. */
  readonly of?: string | undefined;
  /** Budgets and lost sales of all stores together, by window. */
  readonly judged?: Judged | undefined;
}

/** The uptime of all stores together, and how it changed. */
export function FleetNumbers({ totals, earlier, of, judged }: FleetNumbersProps): JSX.Element {
  const hasPrevious = totals.some(({ window }) => isPrevious(window));
  const windows = totals.filter(({ window }) => !isPrevious(window));
  return (
    <section aria-labelledby="fleet">
      <h2 id="fleet" class={of === undefined ? "unseen" : undefined}>Uptime of {of ?? "all stores"} together</h2>
      <dl class="figures">
        {windows.map(({ window, sums }) => (
          <div class="figure">
            <dt>{windowLabel(window)}</dt>
            <dd class="number">{percent(sums)}</dd>
            <dd>
              <Sureness measures={sums} />
            </dd>
            <dd class="lost">{lost(sums)}</dd>
            {hasPrevious
              ? <SincePrevious totals={totals} window={window} />
              : earlier && <SinceEarlier totals={totals} window={window} earlier={earlier} />}
            <JudgedWords window={window} judged={judged} />
          </div>
        ))}
      </dl>
      <p class="note">
        <HowSure />
      </p>
      {of === undefined && !hasPrevious && <NoComparison earlier={earlier} />}
    </section>
  );
}

/** Why some windows have no comparison. */
function NoComparison({ earlier }: { earlier: EarlierReport | undefined }): JSX.Element {
  if (earlier?.report.asOf === undefined) {
    return <p class="note">There is no earlier report with this method to compare with.</p>;
  }
  const { report: { asOf, request }, notComparable } = earlier;
  return (
    <>
      {(["the same time", "before the first polls", "mostly not observed"] as const).map((reason) => {
        const windows = request.windows.filter((window) => notComparable.get(window) === reason);
        if (windows.length === 0) return null;
        return (
          <p class="note">
            No comparison for {theWindows(windows)}: {BECAUSE[reason](<Time at={asOf} style="full" />)}
          </p>
        );
      })}
    </>
  );
}

/** `a, b and c` */
const LIST = new Intl.ListFormat("en-GB");

/** `the last hour, last day and last week` */
function theWindows([first = "", ...others]: readonly WindowName[]): string {
  return LIST.format([theWindow(first), ...others.map(windowWords)]);
}

const BECAUSE: Record<NotComparable, (asOf: JSX.Element) => JSX.Element> = {
  "the same time": (asOf) => <>the report as of {asOf} measures the same time.</>,
  "before the first polls": (asOf) => <>the report as of {asOf} covers time before the first polls.</>,
  "mostly not observed": (asOf) => <>in this report or in the one as of {asOf}, less than half of it was observed.</>,
};

function lost({ up = 0n, down = 0n, unknown = 0n }: Totals[number]["sums"]): string {
  const hours = (micros: bigint) => Math.round(Number(micros) / HOUR);
  const notKnown = unknown === 0n ? "" : `, ${counted(hours(unknown), "hour")} unknown`;
  return `${count(hours(down))} of ${counted(hours(up + down), "hour")} lost${notKnown}`;
}
