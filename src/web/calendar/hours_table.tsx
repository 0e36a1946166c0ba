import type { JSX } from "hono/jsx/jsx-runtime";
import { hoursOn, type HoursVersion, NO_BEGINNING, type WeeklyHours } from "../../domain/openings/business_hours.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import { dateWords, DAY_NAMES, openingWords } from "./calendar_words.ts";

interface HoursTableProps {
  /** In the order of their dates. */
  readonly versions: readonly HoursVersion[];
  /** The date that the page is about. */
  readonly date: EpochDay;
}

/** The store's weekly hours on a date, in its local time, and those before and after. */
export function HoursTable({ versions, date }: HoursTableProps): JSX.Element {
  const now = versions.findLastIndex(({ from }) => from <= date);
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">Business hours</h2>
      {versions.length > 1 && <p class="note">{spanWords(versions, now)}</p>}
      <Hours hours={hoursOn(versions, date)} />
      {versions.map((version, place) =>
        place !== now && (
          <details>
            <summary>{spanWords(versions, place)}</summary>
            <Hours hours={version.hours} />
          </details>
        )
      )}
    </section>
  );
}

/** `From Mon 23 Jan 2023 on`, `Before Mon 23 Jan 2023` */
function spanWords(versions: readonly HoursVersion[], place: number): string {
  const [from, until] = [versions[place]?.from ?? NO_BEGINNING, versions[place + 1]?.from];
  if (from === NO_BEGINNING) return until === undefined ? "Always" : `Before ${dateWords(until)}`;
  return until === undefined ? `From ${dateWords(from)} on` : `From ${dateWords(from)} to before ${dateWords(until)}`;
}

function Hours({ hours }: { hours: WeeklyHours }): JSX.Element {
  if (hours === undefined) return <p class="quiet">No hours are known, so the store is treated as open 24/7.</p>;
  if (hours.length === 0) return <p class="quiet">The store's hours say that it is always closed.</p>;
  return (
    <dl class="facts narrow">
      {DAY_NAMES.map((name, day) => (
        <div>
          <dt>{name}</dt>
          <dd>{openingWords(hours.filter((row) => row.day === day))}</dd>
        </div>
      ))}
    </dl>
  );
}
