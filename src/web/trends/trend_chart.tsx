import type { JSX } from "hono/jsx/jsx-runtime";
import { percentagesOf, uptimeRatio } from "../../domain/measures/percentage.ts";
import { asMeasured } from "../../domain/trends/trend_sums.ts";
import type { Trend, TrendDate } from "../../trends/trend.ts";
import { dateMarks, floorOf, thinIn } from "./trend_scale.ts";
import { dayWords } from "./trend_words.ts";

/** In pixels, from the top. */
const UPTIME = { top: 10, height: 170 };
const UNOBSERVED = { top: 206, height: 44 };
const HEIGHT = UNOBSERVED.top + UNOBSERVED.height;

/** With more columns, a visitor with a keyboard takes the table below. */
const MOST_STOPS = 31;

interface TrendChartProps {
  readonly trend: Pick<Trend, "dates" | "datesBefore">;
  /** Where a date leads to. */
  readonly hrefOf: (day: TrendDate) => string;
}

/** A date of the period, and the one at the same place of the period before. */
interface Pair {
  readonly day: TrendDate;
  /** Undefined if that date is not known, or has few business hours. */
  readonly before: TrendDate | undefined;
  /** The date has few business hours. */
  readonly isThin: boolean;
}

/** Uptime date by date as columns, with what was not observed below, and the uptime of the period before as notches. */
export function TrendChart({ trend, hrefOf }: TrendChartProps): JSX.Element {
  const pairs = pairsOf(trend);
  const floor = floorOf([...trend.dates, ...trend.datesBefore]);
  return (
    <div class="trend">
      <Scale floor={floor} />
      <svg
        class={pairs.length > 120 ? "columns dense" : "columns"}
        height={HEIGHT}
        role={pairs.length > MOST_STOPS ? "img" : "group"}
        aria-label={`Uptime of ${pairs.length} dates. The table below has the numbers.`}
      >
        <Lines floor={floor} />
        {pairs.map((pair, place) => (
          <Column pair={pair} slot={slotOf(place, pairs.length)} floor={floor} href={hrefOf(pair.day)} />
        ))}
      </svg>
      <svg class="marks" height="22" aria-hidden="true">
        {dateMarks(pairs.map(({ day }) => day.date)).map(({ place, text }) => {
          const { x, width } = slotOf(place, pairs.length);
          return <text x={`${round(x + width / 2)}%`} y="15" text-anchor="middle">{text}</text>;
        })}
      </svg>
    </div>
  );
}

/** The dates from the first one with stores on. */
function pairsOf({ dates, datesBefore }: TrendChartProps["trend"]): Pair[] {
  const isThin = thinIn([...dates, ...datesBefore]);
  return dates
    .map((day, place) => {
      const before = datesBefore[place];
      return { day, before: before === undefined || isThin(before) ? undefined : before, isThin: isThin(day) };
    })
    .slice(Math.max(0, dates.findIndex(({ stores }) => stores > 0)));
}

/** Where a column stands, in percent of the width. */
interface Slot {
  readonly x: number;
  readonly width: number;
  readonly isStop: boolean;
}

function slotOf(place: number, count: number): Slot {
  return { x: place / count * 100, width: 100 / count, isStop: count <= MOST_STOPS };
}

/** Where an uptime from 0 to 1 stands. */
function heightOf(ratio: number, floor: number): number {
  const part = Math.max(0, ratio * 100 - floor) / (100 - floor);
  return UPTIME.top + round((1 - part) * UPTIME.height);
}

/** The values that have a line: the ends of the scale, and the middle. */
function stepsOf(floor: number): number[] {
  return [100, (100 + floor) / 2, floor];
}

function Scale({ floor }: { floor: number }): JSX.Element {
  return (
    <svg class="scale" height={HEIGHT} aria-hidden="true">
      {stepsOf(floor).map((step) => <text x="100%" y={heightOf(step / 100, floor) + 4} text-anchor="end">{step} %
      </text>)}
      <text x="100%" y={UNOBSERVED.top + 12} text-anchor="end">0 %</text>
      <text x="100%" y={HEIGHT} text-anchor="end">100 %</text>
    </svg>
  );
}

function Lines({ floor }: { floor: number }): JSX.Element {
  const heights = [...stepsOf(floor).map((step) => heightOf(step / 100, floor)), UNOBSERVED.top];
  return <>{heights.map((y) => <line class="step" x1="0" x2="100%" y1={y} y2={y} />)}</>;
}

interface ColumnProps {
  readonly pair: Pair;
  readonly slot: Slot;
  readonly floor: number;
  readonly href: string;
}

function Column({ pair, slot: { x, width, isStop }, floor, href }: ColumnProps): JSX.Element {
  const { day, before, isThin } = pair;
  const words = dayWords(day, before);
  const box = { x: `${round(x + width / 10)}%`, width: `${round(width * 0.8)}%` };
  return (
    <a href={href} tabindex={isStop ? undefined : -1} aria-label={words} class={isThin ? "thin" : undefined}>
      <title>{words}</title>
      <rect class="slot" x={`${round(x)}%`} width={`${round(width)}%`} height={HEIGHT} />
      <Uptime box={box} ratio={uptimeRatio(day)} floor={floor} />
      <Before box={box} ratio={before && uptimeRatio(before)} floor={floor} />
      <Unobserved box={box} day={day} />
    </a>
  );
}

interface BoxProps {
  readonly box: { readonly x: string; readonly width: string };
}

/** Uptime from below, and downtime from 100 % down to it. */
function Uptime({ box, ratio, floor }: BoxProps & { ratio: number | undefined; floor: number }): JSX.Element | null {
  if (ratio === undefined) return null;
  const [edge, bottom] = [heightOf(ratio, floor), UPTIME.top + UPTIME.height];
  // A minute of downtime in a date of many stores stays visible.
  const down = ratio === 1 ? 0 : Math.max(edge - UPTIME.top, 1);
  return (
    <>
      <rect class="up" {...box} y={UPTIME.top + down} height={round(bottom - UPTIME.top - down)} />
      {down > 0 && <rect class="down" {...box} y={UPTIME.top} height={round(down)} />}
    </>
  );
}

function Before({ box, ratio, floor }: BoxProps & { ratio: number | undefined; floor: number }): JSX.Element | null {
  if (ratio === undefined) return null;
  return <rect class="before" {...box} y={Math.max(heightOf(ratio, floor) - 1, UPTIME.top)} height="2" />;
}

function Unobserved({ box, day }: BoxProps & { day: TrendDate }): JSX.Element | null {
  const { coverage } = percentagesOf(asMeasured(day));
  if (coverage === undefined || coverage === 10_000) return null;
  const height = Math.max(1, (10_000 - coverage) / 10_000 * UNOBSERVED.height);
  return <rect class="unobserved" {...box} y={UNOBSERVED.top} height={round(height)} />;
}

function round(number: number): number {
  return Math.round(number * 1000) / 1000;
}
