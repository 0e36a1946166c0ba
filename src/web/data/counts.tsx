import type { JSX } from "hono/jsx/jsx-runtime";
import type { PollCount } from "../../db/polls/count_polls.ts";
import type { StoreCounts } from "../../db/stores/fleet_facts.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import { count, roughCount } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

interface CountsProps {
  readonly stores: StoreCounts;
  readonly polls: PollCount;
  readonly latest: Micros | undefined;
  /** The release of the zone rules in force. */
  readonly tzdata: string;
}

/** How much is in the database. */
export function Counts(
  { stores: { stores, withHours, withTimezone }, polls, latest, tzdata }: CountsProps,
): JSX.Element {
  return (
    <section id="counts" aria-labelledby="have">
      <h2 id="have" class="unseen">What is loaded</h2>
      <dl class="figures">
        <div class="figure">
          <dt>Stores</dt>
          <dd class="number">{count(stores)}</dd>
          <dd class="lost">each has a row in every report</dd>
        </div>
        <div class="figure">
          <dt>Polls</dt>
          <dd class="number">{polls.isEstimate ? roughCount(polls.polls) : count(polls.polls)}</dd>
          <dd class="lost">
            {latest === undefined ? "none yet" : (
              <>
                latest <Time at={latest} style="full" />
              </>
            )}
          </dd>
        </div>
        <div class="figure">
          <dt>With hours</dt>
          <dd class="number">{count(withHours)}</dd>
          <dd class="lost">{count(stores - withHours)} without hours (treated as open 24/7)</dd>
        </div>
        <div class="figure">
          <dt>With a time zone</dt>
          <dd class="number">{count(withTimezone)}</dd>
          <dd class="lost">
            {count(stores - withTimezone)} without time zone (treated as {DEFAULT_TIMEZONE})
          </dd>
          <dd class="lost">time zone rules {tzdata}</dd>
        </div>
      </dl>
    </section>
  );
}
