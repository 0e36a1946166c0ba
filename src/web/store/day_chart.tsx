import type { JSX } from "hono/jsx/jsx-runtime";
import { formatDate } from "../../domain/time/instant.ts";
import { DAY, type Interval, type Micros } from "../../domain/time/interval.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import type { ExplainedPiece } from "../../domain/openings/why_not.ts";
import { localTime } from "../kit/time.tsx";
import type { Day, DayPoll } from "./day.ts";
import { NO_DATA } from "../parts/no_data.tsx";
import { EXCLUDED, SPECIAL } from "../calendar/patterns.tsx";
import { gapWords, pieceWords } from "./words.ts";

const HEIGHT = 40;

/** A day as a band: where the store was open, up and down in it, and a tick for each poll. */
export function DayChart({ day, zone, label }: { day: Day; zone: Timezone; label: string }): JSX.Element {
  // Parts of the width, not of a view box: that would stretch the hatching.
  const part = (length: Micros) => `${round(length / (day.end - day.start) * 100)}%`;
  const x = (instant: Micros) => part(instant - day.start);
  const box = ({ start, end }: Interval) => ({ x: x(start), width: part(end - start) });
  // On the day of a clock change, a place is no wall time.
  const isUsual = day.end - day.start === DAY;
  return (
    <svg class="day" role="img" aria-label={label} data-date={isUsual ? formatDate(day.date) : undefined}>
      <rect class="inside" {...box(day.inside)} height={HEIGHT} />
      {day.openings.map((opening) => <rect class="opening" {...box(opening)} y={1} height={HEIGHT - 2} />)}
      {day.marks.map((mark) => <line class="mark" x1={x(mark)} x2={x(mark)} y2={HEIGHT} />)}
      {day.pieces.filter(isShown).map((piece) => <Bar piece={piece} zone={zone} box={box(piece)} />)}
      {day.gaps.map(({ gap, ...part }) => (
        <rect class="gap" {...box(part)} y={1} height={HEIGHT - 2} fill={NO_DATA}>
          <title>{gapWords(gap, zone)}</title>
        </rect>
      ))}
      {day.polls.map((poll) => <Tick poll={poll} x={x(poll.instant)} zone={zone} />)}
      {day.changes.map(({ at }) => <line class="change" x1={x(at)} x2={x(at)} y2={HEIGHT} />)}
    </svg>
  );
}

interface BarProps {
  readonly piece: ExplainedPiece;
  readonly zone: Timezone;
  readonly box: { readonly x: string; readonly width: string };
}

function Bar({ piece, zone, box }: BarProps): JSX.Element {
  const { name, ...paint } = paintOf(piece);
  return (
    <rect class={`piece ${name}`} {...box} {...paint}>
      <title>{pieceWords(piece, zone)}</title>
    </rect>
  );
}

/** Down is taller than up, so colours are not needed to tell them apart. */
const BARS = {
  up: { y: 12, height: 14 },
  down: { y: 4, height: 22 },
  unobserved: { y: 17, height: 4 },
  closed: { y: 16, height: 6 },
  excluded: { y: 1, height: HEIGHT - 2 },
};

/** Closed time is drawn only if the method counts it, so that the bars add up to the numbers, or if a special date says why. */
function isShown({ state, countsAs, whyNot }: ExplainedPiece): boolean {
  return state !== "closed" || countsAs !== "neither" || whyNot?.because === "special_date";
}

/** What is left out by a special date or an exclusion is hatched from top to bottom, each in its own way. */
function paintOf({ state, countsAs, whyNot }: ExplainedPiece) {
  if (state === "excluded") return { name: "excluded", fill: EXCLUDED, ...BARS.excluded };
  if (whyNot?.because === "special_date" && countsAs === "neither") {
    return { name: "special", fill: SPECIAL, ...BARS.excluded };
  }
  return { name: state, ...BARS[state] };
}

function Tick({ poll: { instant, active, used }, x, zone }: { poll: DayPoll; x: string; zone: Timezone }): JSX.Element {
  const status = active ? "active" : "inactive";
  return (
    <line class={`tick ${status}${used ? "" : " unused"}`} x1={x} x2={x} y1={active ? 32 : 29} y2={HEIGHT}>
      <title>
        {`Poll: ${status}, ${localTime(instant, zone, "second")}${used ? "" : ", not used by this method"}`}
      </title>
    </line>
  );
}

function round(number: number): number {
  return Math.round(number * 1000) / 1000;
}
