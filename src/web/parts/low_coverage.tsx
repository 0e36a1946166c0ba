import type { JSX } from "hono/jsx/jsx-runtime";
import { type LowWindow, lowWindows } from "../../domain/measures/coverage.ts";
import { formatPercentage } from "../../domain/measures/percentage.ts";
import type { Totals } from "../../domain/measures/totals.ts";
import { type MethodName, METHODS } from "../../domain/method.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { theWindow } from "../../domain/time/window_words.ts";
import { THIN_SPACE } from "../kit/numbers.ts";
import { HowSure } from "./sureness.tsx";

interface LowCoverageProps {
  readonly totals: Totals | undefined;
  readonly method: MethodName;
}

/**
 * The first line to read if most of what the numbers are about was not observed. It speaks of the main window, the week: that an hour was
 * not observed is usual for one store.
 */
export function LowCoverage({ totals = [], method }: LowCoverageProps): JSX.Element | null {
  const main = mainWindow(totals.map(({ window }) => window));
  const [low] = lowWindows(totals.filter(({ window }) => window === main));
  if (low === undefined) return null;
  return (
    <p class="trouble unsure">
      <b>{lowCoverageWords(low, method)}</b> Read each uptime with the bounds beside it. <HowSure />
    </p>
  );
}

/** Under `clock` closed time is scheduled, too. */
function lowCoverageWords({ window, coverage }: LowWindow, method: MethodName): string {
  const hours = METHODS[method].closed === "uptime" ? "hours" : "business hours";
  return `Most ${hours} of ${theWindow(window)} were not observed: only ${
    formatPercentage(coverage, 1)
  }${THIN_SPACE}% were.`;
}
