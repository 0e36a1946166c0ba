import type { JSX } from "hono/jsx/jsx-runtime";
import { HOUR } from "../../domain/time/interval.ts";
import { uptimeRatio } from "../../domain/measures/percentage.ts";
import { totalOf, type Totals } from "../../domain/measures/totals.ts";
import type { EarlierReport } from "../../report/earlier_report.ts";
import { count, counted, percent } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

const WINDOWS = [["last_hour", "Last hour"], ["last_day", "Last day"], ["last_week", "Last week"]] as const;

interface FleetNumbersProps {
  readonly totals: Totals;
  /** The report to compare with. */
  readonly earlier: EarlierReport | undefined;
}

/** The uptime of all stores together, and how it changed. */
export function FleetNumbers({ totals, earlier }: FleetNumbersProps): JSX.Element {
  return (
    <section aria-labelledby="fleet">
      <h2 id="fleet" class="unseen">Uptime of all stores together</h2>
      <dl class="figures">
        {WINDOWS.map(([window, label]) => (
          <div class="figure">
            <dt>{label}</dt>
            <dd class="number">{percent(totalOf(totals, window))}</dd>
            <dd class="lost">{lost(totalOf(totals, window))}</dd>
            {earlier?.report.totals && (
              <dd class="change">
                <Change
                  now={uptimeRatio(totalOf(totals, window))}
                  then={earlier.saw.has(window) ? uptimeRatio(totalOf(earlier.report.totals, window)) : undefined}
                />
              </dd>
            )}
          </div>
        ))}
      </dl>
      <p class="note">
        <Comparison earlier={earlier} />
      </p>
    </section>
  );
}

/** What the changes are against, and which windows have none. */
function Comparison({ earlier }: { earlier: EarlierReport | undefined }): JSX.Element {
  if (earlier?.report.asOf === undefined) {
    return <>There is no report of this method and an earlier time to compare with.</>;
  }
  const { report: { asOf }, saw } = earlier;
  const unseen = WINDOWS.filter(([window]) => !saw.has(window)).map(([, label]) => label.toLowerCase());
  const at = <Time at={asOf} style="full" />;
  if (unseen.length === WINDOWS.length) {
    return <>The report of {at} covers time before the first polls, so there is nothing to compare with.</>;
  }
  return (
    <>
      Changes are against the report of {at}.
      {unseen.length > 0 && ` Polls began during its ${unseen.join(" and ")}, so no change is shown there.`}
    </>
  );
}

function lost({ up = 0n, down = 0n }: Totals[number]["sums"]): string {
  const hours = (micros: bigint) => Math.round(Number(micros) / HOUR);
  return `${count(hours(down))} of ${counted(hours(up + down), "hour")} lost`;
}

/** In percentage points: a share's change in percent would be another number. */
function Change({ now, then }: { now: number | undefined; then: number | undefined }): JSX.Element {
  if (now === undefined || then === undefined) return <span class="same">&nbsp;</span>;
  const points = Math.round((now - then) * 10_000) / 100;
  if (points === 0) return <span class="same">No change</span>;
  const [kind, arrow, word] = points > 0 ? ["better", "▲", "up"] : ["worse", "▼", "down"];
  return (
    <span class={kind}>
      <span aria-hidden="true">{arrow}</span>
      <span class="unseen">{word}</span>
      {` ${Math.abs(points).toFixed(2)} points`}
    </span>
  );
}
