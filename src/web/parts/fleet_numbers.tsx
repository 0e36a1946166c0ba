import type { JSX } from "hono/jsx/jsx-runtime";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { HOUR, type Micros } from "../../domain/time/interval.ts";
import { isPrevious } from "../../domain/time/previous_window.ts";
import { theWindow, windowLabel, windowWords } from "../../domain/time/window_words.ts";
import { uptimeRatio } from "../../domain/measures/percentage.ts";
import { totalOf, type Totals } from "../../domain/measures/totals.ts";
import type { EarlierReport, NotComparable } from "../../report/earlier_report.ts";
import { count, counted, percent } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";
import { HowSure, Sureness } from "./sureness.tsx";

/** `a, b and c` */
const LIST = new Intl.ListFormat("en-GB");

interface FleetNumbersProps {
  readonly totals: Totals;
  /** The report to compare with. */
  readonly earlier: EarlierReport | undefined;
  /** Which stores these are, if not all: `42 stores with region West`. */
  readonly of?: string | undefined;
}

/** The uptime of all stores together, and how it changed. */
export function FleetNumbers({ totals, earlier, of }: FleetNumbersProps): JSX.Element {
  return (
    <section aria-labelledby="fleet">
      <h2 id="fleet" class={of === undefined ? "unseen" : undefined}>Uptime of {of ?? "all stores"} together</h2>
      <dl class="figures">
        {totals.map(({ window }) => (
          <div class="figure">
            <dt>{windowLabel(window)}</dt>
            <dd class="number">{percent(totalOf(totals, window))}</dd>
            <dd>
              <Sureness measures={totalOf(totals, window)} />
            </dd>
            <dd class="lost">{lost(totalOf(totals, window))}</dd>
            {earlier?.report.totals && (
              <dd class="change">
                <Change
                  now={uptimeRatio(totalOf(totals, window))}
                  then={isPrevious(window) || earlier.notComparable.has(window)
                    ? undefined
                    : uptimeRatio(totalOf(earlier.report.totals, window))}
                  at={earlier.report.asOf ?? 0}
                />
              </dd>
            )}
          </div>
        ))}
      </dl>
      <p class="note">
        <HowSure />
      </p>
      {(of === undefined || earlier !== undefined) && <NoComparison earlier={earlier} />}
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

interface ChangeProps {
  readonly now: number | undefined;
  readonly then: number | undefined;
  /** The as-of of the earlier report. */
  readonly at: Micros;
}

/** In percentage points: the change of a share in percent would be another number. */
function Change({ now, then, at }: ChangeProps): JSX.Element {
  if (now === undefined || then === undefined) return <span class="same">&nbsp;</span>;
  const points = Math.round((now - then) * 10_000) / 100;
  const time = <Time at={at} style="short" />;
  if (points === 0) return <span class="same">No change since {time}</span>;
  const [kind, arrow, word] = points > 0 ? ["better", "▲", "higher"] : ["worse", "▼", "lower"];
  return (
    <span class={kind}>
      <span aria-hidden="true">{arrow}</span> {Math.abs(points).toFixed(2)} percentage points {word} than on {time}
    </span>
  );
}
