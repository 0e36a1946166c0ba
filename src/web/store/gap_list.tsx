import type { JSX } from "hono/jsx/jsx-runtime";
import type { Gap } from "../../domain/gap.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";
import { observedWords } from "../kit/method_words.ts";
import { count, exactLength, roughLength } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

const MOST = 20;

/** Why some of the week was not observed. */
export function GapSection({ timeline }: { timeline: StoreTimeline }): JSX.Element {
  const { gaps, measures, openingRules: { timezone }, request } = timeline;
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">Time without data</h2>
      <p class="note">{observedWords(request)} Other business hours have no data.</p>
      <GapList gaps={gaps} scheduled={measures.scheduled} zone={timezone} label="Time without data" />
    </section>
  );
}

interface GapListProps {
  readonly gaps: readonly Gap[];
  /** The scheduled time that they are a part of. */
  readonly scheduled: Micros;
  readonly zone: Timezone;
  readonly label: string;
}

/** The gaps that took the most, largest first. */
export function GapList({ gaps, scheduled, zone, label }: GapListProps): JSX.Element {
  if (scheduled === 0) return <p class="quiet">There were no business hours to observe.</p>;
  if (gaps.length === 0) return <p class="quiet">All business hours were observed.</p>;
  const shown = gaps.toSorted((a, b) => b.scheduled - a.scheduled || a.start - b.start).slice(0, MOST);
  return (
    <>
      <div class="scroll" tabindex={0} role="region" aria-label={label}>
        <table class="list gaps">
          <thead>
            <tr>
              <th scope="col">Not observed</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" class="numeric">Total</th>
            </tr>
          </thead>
          <tbody>{shown.map((gap) => <Row gap={gap} zone={zone} />)}</tbody>
        </table>
      </div>
      {gaps.length > MOST && <p class="note">and {count(gaps.length - MOST)} more, all of them shorter.</p>}
    </>
  );
}

function Row({ gap: { start, end, scheduled, ongoing }, zone }: { gap: Gap; zone: Timezone }): JSX.Element {
  const hasPollBefore = Number.isFinite(start);
  return (
    <tr>
      <td title={exactLength(scheduled)}>{roughLength(scheduled)}</td>
      <td>{hasPollBefore ? <Time at={start} zone={zone} /> : "no poll before"}</td>
      <td>{ongoing ? "no poll since" : <Time at={end} zone={zone} />}</td>
      <td class="numeric quiet" title={hasPollBefore ? exactLength(end - start) : undefined}>
        {hasPollBefore ? roughLength(end - start) : "–"}
      </td>
    </tr>
  );
}
