import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";
import { HOUR } from "../../domain/time/interval.ts";
import { hoursMinutes } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import { NO_DATA, NoDataKey, NoDataPattern } from "../parts/no_data.tsx";
import { PollsKey } from "../parts/polls_key.tsx";
import { type Example, length, place, POLLS, type Stretch } from "./example.ts";

const HEIGHT = 40;

/** Down is taller than up, so colours are not needed to tell them apart. */
const BARS = { up: { y: 13, height: 14 }, down: { y: 5, height: 22 }, unobserved: { y: 18, height: 4 } };

/** A day of one store, five times: its polls, what they observe, what is certain, and what is possible. */
export function Drawing({ day }: { day: Example }): JSX.Element {
  const { observed: coverage, low, high } = sureWords(day.measures);
  return (
    <figure>
      <NoDataPattern />
      <div class="week explained">
        <div class="axis" aria-hidden="true">
          {["09", "11", "13", "15", "17"].map((hour) => <span>{hour}</span>)}
        </div>
        <ol>
          <Track name="Polls" value="" label={pollWords()}>
            {POLLS.map(([hour, active]) => (
              <line
                class={`tick ${active ? "active" : "inactive"}`}
                x1={place(hour * HOUR)}
                x2={place(hour * HOUR)}
                y1={active ? 18 : 6}
                y2={HEIGHT}
              />
            ))}
          </Track>
          <Track name="Observed" value={coverage ?? ""} label={`Observed: all but ${spans(day.gaps)}`}>
            {day.observed.map(({ start, end }) => (
              <rect class="observed" x={place(start)} width={length(start, end)} y={13} height={14} />
            ))}
            {day.gaps.map(({ start, end }) => (
              <rect class="gap" x={place(start)} width={length(start, end)} y={1} height={HEIGHT - 2} fill={NO_DATA} />
            ))}
          </Track>
          <Track name="Certain" value="" label={`Certain: ${stretchWords(day.certain)}`}>
            <Stretches of={day.certain} />
          </Track>
          <Track name="Worst case" value={`${low} %`} label={`Worst case: ${stretchWords(day.worst)}`}>
            <Stretches of={day.worst} />
          </Track>
          <Track name="Best case" value={`${high} %`} label={`Best case: ${stretchWords(day.best)}`}>
            <Stretches of={day.best} />
          </Track>
        </ol>
      </div>
      <Legend />
    </figure>
  );
}

interface TrackProps {
  readonly name: string;
  readonly value: string;
  /** The drawing in words. */
  readonly label: string;
  readonly children?: Child;
}

function Track({ name, value, label, children }: TrackProps): JSX.Element {
  return (
    <li>
      <span class="date">{name}</span>
      <svg class="day" role="img" aria-label={label}>
        <rect class="opening" width="100%" y={1} height={HEIGHT - 2} />
        {children}
      </svg>
      <span class="lost">{value}</span>
    </li>
  );
}

function Stretches({ of }: { of: readonly Stretch[] }): JSX.Element {
  return (
    <>
      {of.map(({ start, end, state }) => (
        <rect class={state} x={place(start)} width={length(start, end)} {...BARS[state]} />
      ))}
    </>
  );
}

function Legend(): JSX.Element {
  return (
    <p class="legend">
      {["up", "down", "observed"].map((name) => (
        <span>
          <svg class="key" viewBox="0 0 1 1" aria-hidden="true">
            <rect class={name} width="1" height="1" />
          </svg>
          {name}
        </span>
      ))}
      <NoDataKey />
      <PollsKey />
    </p>
  );
}

function pollWords(): string {
  return `Polls: ${POLLS.map(([hour, active]) => `${active ? "active" : "inactive"} at ${hour}:00`).join(", ")}`;
}

function spans(intervals: readonly { start: number; end: number }[]): string {
  return intervals.map(({ start, end }) => `${hoursMinutes(start)} to ${hoursMinutes(end)}`).join(", ");
}

function stretchWords(stretches: readonly Stretch[]): string {
  return stretches.map((stretch) => `${stretch.state} from ${spans([stretch])}`).join(", ");
}
