import type { JSX } from "hono/jsx/jsx-runtime";
import type { Timezone } from "../../domain/time/timezone.ts";
import type { ExplainedWindow } from "../../report/store_timeline.ts";
import { whyWords } from "./calendar_words.ts";
import { exactLength } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

interface NotScheduledProps {
  readonly found: ExplainedWindow;
  readonly zone: Timezone;
  /** `Last week` */
  readonly name: string;
}

/** Why some of a window is not scheduled, interval by interval. With the scheduled time, they add up to the window. */
export function NotScheduled({ found: { pieces }, zone, name }: NotScheduledProps): JSX.Element {
  const label = `Time that is not scheduled in the ${name.toLowerCase()}`;
  const left = pieces.filter(({ whyNot }) => whyNot !== undefined);
  const sum = left.reduce((total, { start, end }) => total + (end - start), 0);
  return (
    <>
      <h4>{label}</h4>
      {left.length === 0
        ? <p class="quiet">The store was meant to be open all the time.</p>
        : (
          <div class="scroll" tabindex={0} role="region" aria-label={label}>
            <table class="list">
              <thead>
                <tr>
                  <th scope="col">From</th>
                  <th scope="col">To</th>
                  <th scope="col">Why</th>
                  <th scope="col" class="numeric">Length</th>
                </tr>
              </thead>
              <tbody>
                {left.map(({ start, end, whyNot, countsAs }) => (
                  <tr>
                    <td>
                      <Time at={start} zone={zone} style="second" />
                    </td>
                    <td>
                      <Time at={end} zone={zone} style="second" />
                    </td>
                    <td class="value">
                      {whyNot && whyWords(whyNot)}
                      {countsAs === "uptime" && " (counts as up by this method)"}
                    </td>
                    <td class="numeric">{exactLength(end - start)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colspan={3}>Total</th>
                  <td class="numeric">{exactLength(sum)}</td>
                </tr>
              </tfoot>
            </table>
          </div>
        )}
    </>
  );
}
