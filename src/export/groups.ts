import type { Result } from "../domain/measures/result.ts";
import { tagsReader } from "./labels.ts";

/** What the stores of a group have in common: a value for each tag that they are grouped by. Null: they do not have the tag. */
export type Group = Readonly<Record<string, string | null>>;

/** Stores put together: each store of a result is in one group. */
export interface Grouping<Kind = Group> {
  readonly groups: readonly Kind[];
  /** The place of the group of each store. */
  readonly groupOf: Uint32Array;
}

/** All stores in one group, which has no values. */
export function allTogether({ storeIds }: Result): Grouping<undefined> {
  return { groups: [undefined], groupOf: new Uint32Array(storeIds.length) };
}

/** Groups stores by their tags. Groups are in the order of their values, by code points. A missing tag comes last. */
export function groupBy(result: Result, keys: readonly string[]): Grouping {
  const tagsOf = tagsReader(result);
  const known = new Map<string, Values>();
  const ofStores = Array.from(result.storeIds.keys(), (row) => {
    const tags = tagsOf(row);
    const values = keys.map((key) => tags[key] ?? null);
    const name = JSON.stringify(values);
    const same = known.get(name) ?? values;
    known.set(name, same);
    return same;
  });
  const sorted = [...known.values()].sort(compareValues);
  const places = new Map(sorted.map((values, place) => [values, place]));
  return {
    groups: sorted.map((values) => Object.fromEntries(keys.map((key, index) => [key, values[index] ?? null]))),
    groupOf: Uint32Array.from(ofStores, (values) => places.get(values) ?? NaN),
  };
}

/** One for each key. */
type Values = readonly (string | null)[];

/** Orders groups of the same keys by their values, by code points. A missing tag comes last. */
export function compareGroups(a: Group = {}, b: Group = {}): number {
  return compareValues(Object.values(a), Object.values(b));
}

function compareValues(a: Values, b: Values): number {
  for (const [index, value] of a.entries()) {
    const order = compare(value, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [one, other] = [[...a], [...b]].map((characters) => characters.map((each) => each.codePointAt(0) ?? 0));
  return compareNumbers(one ?? [], other ?? []);
}

/** A list that begins another one comes before it. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((number, index) => number !== b[index]);
  return different === -1 ? a.length - b.length : (a[different] ?? 0) - (b[different] ?? -1);
}
