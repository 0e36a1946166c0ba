import type { JSX } from "hono/jsx/jsx-runtime";
import { decimal } from "../../domain/decimal.ts";
import type { Piece } from "../../domain/piece.ts";
import { sumOf } from "../../domain/piece.ts";
import type { WindowPieces } from "../../domain/timeline.ts";
import type { Timezone } from "../../domain/time/timezone.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { windowLabel, type WindowUnit, windowUnit } from "../../domain/time/window_words.ts";
import type { ExplainedWindow, StoreTimeline } from "../../report/store_timeline.ts";
import { counted, exactLength, percent } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";
import { HowSure, Sureness } from "../parts/sureness.tsx";
import { GapList } from "./gap_list.tsx";
import { NotScheduled } from "../calendar/not_scheduled.tsx";
import { STATE_WORDS } from "./words.ts";

interface WindowWords extends WindowUnit {
  readonly label: string;
}

function wordsOf(name: WindowName): WindowWords {
  return { label: windowLabel(name), ...windowUnit(name) };
}

/** The numbers of the store's row, and the intervals that add up to each of them. */
export function Sums({ timeline: { windows, openingRules: { timezone } } }: { timeline: StoreTimeline }): JSX.Element {
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers">The report's numbers</h2>
      <dl class="figures">
        {windows.map((found) => <Figure found={found} />)}
      </dl>
      <p class="note">
        <HowSure /> <a href="#gaps">Which time has no data?</a>
      </p>
      <h3>How this is calculated</h3>
      {windows.map((found) => <Intervals found={found} zone={timezone} />)}
    </section>
  );
}

function Figure({ found: { window, measures } }: { found: WindowPieces }) {
  const { label, unit, word } = wordsOf(window.name);
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd class="number">{percent(measures)}</dd>
      <dd>
        <Sureness measures={measures} />
      </dd>
      <dd class="lost">
        <b>{decimal(measures.up, unit, 2)}</b> {word} up, <b>{decimal(measures.down, unit, 2)}</b> down
        {measures.unknown > 0 && (
          <>
            , <b>{decimal(measures.unknown, unit, 2)}</b> unknown
          </>
        )}
      </dd>
    </div>
  );
}

interface IntervalsProps {
  readonly found: ExplainedWindow;
  readonly zone: Timezone;
}

function Intervals({ found, zone }: IntervalsProps): JSX.Element {
  const { window, pieces, gaps, measures } = found;
  const name = wordsOf(window.name).label;
  const counting = pieces.filter(({ countsAs }) => countsAs !== "neither");
  const missing = `Time without data in the ${name.toLowerCase()}`;
  return (
    <details class="intervals" id={`${window.name}-intervals`}>
      <summary>{name}: {counted(counting.length, "interval")}</summary>
      <p class="quiet">
        From <Time at={window.start} zone={zone} style="second" /> to{" "}
        <Time at={window.end} zone={zone} style="second" />
      </p>
      <IntervalTable window={window.name} pieces={counting} zone={zone} />
      <NotScheduled found={found} zone={zone} name={name} />
      <h4>{missing}</h4>
      <GapList gaps={gaps} scheduled={measures.scheduled} zone={zone} label={missing} />
    </details>
  );
}

interface IntervalTableProps {
  readonly window: WindowName;
  readonly pieces: readonly Piece[];
  readonly zone: Timezone;
}

function IntervalTable({ window, pieces, zone }: IntervalTableProps): JSX.Element {
  const { label, unit, word } = wordsOf(window);
  const { up, down } = sumOf(pieces);
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={`Intervals of the ${label.toLowerCase()}`}>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">State</th>
            <th scope="col">Based on the poll of</th>
            <th scope="col" class="numeric">Up</th>
            <th scope="col" class="numeric">Down</th>
          </tr>
        </thead>
        <tbody>{pieces.map((piece) => <IntervalRow piece={piece} zone={zone} />)}</tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan={4}>
              Total in {word}: {decimal(up, unit, 2)} up, {decimal(down, unit, 2)} down
            </th>
            <td class="numeric">{exactLength(up)}</td>
            <td class="numeric">{exactLength(down)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function IntervalRow({ piece: { start, end, state, countsAs, source }, zone }: { piece: Piece; zone: Timezone }) {
  const length = exactLength(end - start);
  return (
    <tr>
      <td>
        <Time at={start} zone={zone} style="second" />
      </td>
      <td>
        <Time at={end} zone={zone} style="second" />
      </td>
      <td>
        <span class={`state ${state}`}>{STATE_WORDS[state]}</span>
      </td>
      <td>{source === undefined ? "–" : <Time at={source} zone={zone} style="second" />}</td>
      <td class="numeric">{countsAs === "uptime" ? length : ""}</td>
      <td class="numeric">{countsAs === "downtime" ? length : ""}</td>
    </tr>
  );
}
