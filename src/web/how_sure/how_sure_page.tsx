import type { JSX } from "hono/jsx/jsx-runtime";
import { HOUR, type Micros } from "../../domain/time/interval.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { latestKnown } from "../kit/latest_known.ts";
import { Layout } from "../kit/layout.tsx";
import { percent } from "../kit/numbers.ts";
import { respond } from "../kit/respond.ts";
import { sureWords } from "../kit/sure_words.ts";
import { Sureness } from "../parts/sureness.tsx";
import { Drawing } from "./drawing.tsx";
import { type Example, example } from "./example.ts";

/** `GET /how-sure`: explains bounds and coverage with a drawing. */
export async function howSurePage(deps: WebDeps, assets: Assets): Promise<Response> {
  const day = example();
  return await respond(
    <Layout
      assets={assets}
      latest={await latestKnown(deps)}
      title="How sure is this?"
      description="What a poll says of a store, how much was observed, and between which bounds the true uptime lies."
    >
      <h1>How sure is this uptime?</h1>
      <p class="lead">
        Nobody watches a store all the time. A poll (a check) says how the store is at one moment. So each uptime comes
        with its bounds and with the share of time that was observed.
      </p>
      <section aria-labelledby="read">
        <h2 id="read">How to read it</h2>
        <div class="figure">
          <p class="number">{percent(day.measures)}</p>
          <p>
            <Sureness measures={day.measures} />
          </p>
        </div>
        <Reading day={day} />
      </section>
      <section aria-labelledby="drawn">
        <h2 id="drawn">A day of one store</h2>
        <p>The store is open from 9:00 to 17:00, and was polled six times.</p>
        <Drawing day={day} />
        <Rows day={day} />
      </section>
      <Advice />
    </Layout>,
  );
}

function Reading({ day: { measures } }: { day: Example }): JSX.Element {
  const { low, high, observed } = sureWords(measures);
  return (
    <dl class="facts">
      <div>
        <dt>{percent(measures)}</dt>
        <dd>The uptime, as the report's method judges the time between polls.</dd>
      </div>
      <div>
        <dt>between {low} and {high}</dt>
        <dd>
          The true uptime lies between these bounds, if the store did not go down and come back between two polls close
          to each other. The closer the bounds, the surer the number.
        </dd>
      </div>
      <div>
        <dt>observed {observed}</dt>
        <dd>The share of business hours with a poll not long before. This share is called coverage.</dd>
      </div>
    </dl>
  );
}

function Rows({ day: { measures } }: { day: Example }): JSX.Element {
  const { scheduled, observed, up_low, up_high } = measures;
  return (
    <dl class="facts">
      <div>
        <dt>Polls</dt>
        <dd>Each says how the store was at one moment: active or inactive.</dd>
      </div>
      <div>
        <dt>Observed</dt>
        <dd>
          A poll counts for two hours, or until the next one. {hours(observed)} of {hours(scheduled)}{" "}
          hours were observed. Hatched time has no data: nobody looked.
        </dd>
      </div>
      <div>
        <dt>Certain</dt>
        <dd>Two polls close to each other that agree. The store did not change between them.</dd>
      </div>
      <div>
        <dt>Worst case</dt>
        <dd>All that is not certain counts as down: {hours(up_low)} hours up. This is the lower bound.</dd>
      </div>
      <div>
        <dt>Best case</dt>
        <dd>All that is not certain counts as up: {hours(up_high)} hours up. This is the upper bound.</dd>
      </div>
    </dl>
  );
}

function Advice(): JSX.Element {
  return (
    <section aria-labelledby="then">
      <h2 id="then">What to do with it</h2>
      <ul class="points">
        <li>
          If less than half was observed, the uptime says little. Storewatch then says so first, and does not compare it
          with earlier reports.
        </li>
        <li>If you doubt a number, open the store. Its page lists all polls, intervals and times without data.</li>
        <li>If the bounds are too far apart, poll more often.</li>
      </ul>
      <p>
        The exact rules are in the documentation, in <code>docs/certainty.md</code> and <code>docs/methods.md</code>.
      </p>
    </section>
  );
}

function hours(length: Micros): string {
  return String(length / HOUR);
}
