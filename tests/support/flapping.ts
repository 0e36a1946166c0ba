/** What becomes of the bounds if stores change more than once between two polls: for the page that explains them. */
import { METHODS } from "../../src/domain/method.ts";
import { type Micros, MINUTE } from "../../src/domain/time/interval.ts";
import { classicWindows } from "./classic_windows.ts";
import { store as facts } from "./build.ts";
import { allMeasures } from "./row.ts";
import { flapping, type Life, trueUptime, trueWorld } from "./true_world.ts";

const OUTAGES_A_WEEK = [1, 7, 28, 168];
const LENGTHS: readonly Micros[] = [2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 120 * MINUTE];

/** What happened in the weeks of stores that have outages of one kind. */
export interface FlappingRow {
  readonly outagesAWeek: number;
  /** Their average length. */
  readonly length: Micros;
  /** The share of weeks in which the truth lies outside of the bounds. */
  readonly outside: number;
  /** How far it lies outside there on average, as a share of the scheduled time. */
  readonly distance: number;
}

/** @param worlds how many stores of each kind are tried */
export function flappingRows(worlds: number): FlappingRow[] {
  return LENGTHS.flatMap((length) =>
    OUTAGES_A_WEEK.map((outagesAWeek) => {
      const life = flapping(outagesAWeek, length);
      const seeds = Array.from({ length: worlds }, (_, index) => index + 1);
      const distances = seeds.map((seed) => distanceOf(seed, life)).filter((distance) => distance !== undefined);
      const outside = distances.filter((distance) => distance > 0);
      const sum = outside.reduce((sum, distance) => sum + distance, 0);
      const distance = sum / Math.max(1, outside.length);
      return { outagesAWeek, length, outside: outside.length / distances.length, distance };
    })
  );
}

/** How far the truth of a week lies outside of its bounds; undefined if the store was never meant to be open. */
function distanceOf(seed: number, life: Life): number | undefined {
  const world = trueWorld(seed, life);
  const week = classicWindows(world.asOf, METHODS.step).at(-1);
  const measured = allMeasures(facts(world.store), { ...world, method: METHODS.step }).at(-1);
  if (week === undefined || measured === undefined || measured.scheduled === 0) return undefined;
  const truth = trueUptime(world, week, false);
  return Math.max(0, measured.up_low - truth, truth - measured.up_high) / measured.scheduled;
}
