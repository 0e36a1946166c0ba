import type { JSX } from "hono/jsx/jsx-runtime";
import type { Outage } from "../../domain/outage.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";
import { exactLength, roughLength } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

/** When the store was down during business hours. */
export function OutageList({ timeline }: { timeline: StoreTimeline }): JSX.Element {
  const { outages, openingRules: { timezone } } = timeline;
  return (
    <section aria-labelledby="outages">
      <h2 id="outages">Outages</h2>
      {outages.length === 0
        ? <p class="quiet">No outages in this week.</p>
        : (
          <div class="scroll" tabindex={0} role="region" aria-label="Outages">
            <table class="list">
              <thead>
                <tr>
                  <th scope="col">Began</th>
                  <th scope="col">Ended</th>
                  <th scope="col" class="numeric">Business hours lost</th>
                  <th scope="col" class="numeric">Total</th>
                </tr>
              </thead>
              <tbody>{outages.map((outage) => <Row outage={outage} zone={timezone} />)}</tbody>
            </table>
          </div>
        )}
    </section>
  );
}

function Row({ outage: { start, end, inOpenings, ongoing }, zone }: { outage: Outage; zone: Timezone }): JSX.Element {
  return (
    <tr>
      <td>
        <Time at={start} zone={zone} />
      </td>
      <td>
        {ongoing ? <span class="state down">Still down</span> : <Time at={end} zone={zone} />}
      </td>
      <td class="numeric" title={exactLength(inOpenings)}>{roughLength(inOpenings)}</td>
      <td class="numeric quiet" title={exactLength(end - start)}>{roughLength(end - start)}</td>
    </tr>
  );
}
