import type { JSX } from "hono/jsx/jsx-runtime";
import { decimalOfSum } from "../../domain/decimal.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { HOUR } from "../../domain/time/interval.ts";
import type { TotalRow } from "../../export/totals.ts";
import { THIN_SPACE } from "../kit/numbers.ts";

/** Hours of a budget: `12.50`, `−3.20` */
export function budgetHours(budget: bigint, precision: number): string {
  return grouped(decimalOfSum(budget, HOUR, precision)).replace("-", "−");
}

/** Digits with commas between thousands: `1,234.50`. Not a number, which would lose digits. */
export function grouped(digits: string): string {
  const [whole = "", fraction] = digits.split(".");
  const written = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? written : `${written}.${fraction}`;
}

/** `99.5 %` */
export function targetWords(target: string): string {
  return `${target}${THIN_SPACE}%`;
}

/** Cells of a budget and of lost sales, for tables that have them. */
export function BudgetCell({ budget, precision }: { budget: bigint | undefined; precision: number }): JSX.Element {
  if (budget === undefined) return <td class="numeric nothing">–</td>;
  return <td class={budget < 0n ? "numeric worse" : "numeric"}>{budgetHours(budget, precision)}</td>;
}

export function SalesCell({ sales }: { sales: string | undefined }): JSX.Element {
  return (
    <td class={sales === undefined ? "numeric nothing" : "numeric"}>{sales === undefined ? "–" : grouped(sales)}</td>
  );
}

/** A change in percentage points, short: `▲ 0.52`. */
export function ChangeCell({ change }: { change: number | undefined }): JSX.Element {
  if (change === undefined) return <td class="numeric nothing">–</td>;
  if (change === 0) return <td class="numeric same">0.00</td>;
  const [kind, arrow, word] = change > 0 ? ["better", "▲", "higher"] : ["worse", "▼", "lower"];
  return (
    <td class={`numeric ${kind}`}>
      <span aria-hidden="true">{arrow}</span> {Math.abs(change).toFixed(2)} <span class="unseen">{word}</span>
    </td>
  );
}

type Judgement = Pick<TotalRow, "targetPercent" | "budget" | "lostSales">;

export interface Judged {
  readonly precision: number;
  readonly byWindow: ReadonlyMap<WindowName, Judgement>;
}

/** Budgets and lost sales of all stores together, from the totals of a report. */
export function judgedOf(totals: readonly TotalRow[], precision: number): Judged {
  const ofAll = totals.filter(({ group }) => group === undefined);
  return { precision, byWindow: new Map(ofAll.map((total) => [total.window, total])) };
}

interface BudgetWordsProps {
  readonly target: string;
  readonly budget: bigint;
  readonly precision: number;
}

/** `Target 99.5 %: 12.50 hours of downtime left.` */
function BudgetWords({ target, budget, precision }: BudgetWordsProps): JSX.Element {
  if (budget >= 0n) {
    return (
      <>
        {target}: <b>{budgetHours(budget, precision)}</b> hours of downtime left.
      </>
    );
  }
  return (
    <>
      {target}: <b class="worse">{budgetHours(-budget, precision)}</b> hours more downtime than allowed.
    </>
  );
}

/** What a window's numbers mean for targets and money. */
export function JudgedWords(
  { window, judged }: { window: WindowName; judged: Judged | undefined },
): JSX.Element | null {
  const { targetPercent, budget, lostSales } = judged?.byWindow.get(window) ?? {};
  if (judged === undefined || (budget === undefined && lostSales === undefined)) return null;
  const target = targetPercent === undefined ? "Targets" : `Target ${targetWords(targetPercent)}`;
  return (
    <>
      {budget !== undefined && (
        <dd class="lost">
          <BudgetWords target={target} budget={budget} precision={judged.precision} />
        </dd>
      )}
      {lostSales !== undefined && (
        <dd class="lost">
          Lost sales: <b>{grouped(lostSales)}</b>
        </dd>
      )}
    </>
  );
}
