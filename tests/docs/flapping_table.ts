import { MINUTE } from "../../src/domain/time/interval.ts";
import { flappingRows } from "../support/flapping.ts";
import { table } from "./tables.ts";

/** Enough for one digit, and done in a second or two. */
const WORLDS = 500;

/** How often the truth lies outside of the bounds if stores flap, by the length and the number of their outages. */
export function flappingTable(): string {
  const rows = flappingRows(WORLDS);
  const rates = [...new Set(rows.map(({ outagesAWeek }) => outagesAWeek))];
  const lengths = [...new Set(rows.map(({ length }) => length))];
  const percent = (share: number, digits: number) => `${(100 * share).toFixed(digits)} %`;
  const cell = (length: number, rate: number) => {
    const row = rows.find((each) => each.length === length && each.outagesAWeek === rate);
    return row === undefined ? "" : `${percent(row.outside, 0)} (${percent(row.distance, 2)})`;
  };
  return table(
    ["average outage", ...rates.map((rate) => rate === 1 ? "1 a week" : `${rate} a week`)],
    lengths.map((length) => [`${length / MINUTE} min`, ...rates.map((rate) => cell(length, rate))]),
  );
}
