import type { Grouping } from "./groups.ts";

/** The stores of a group that have the same text, such as a target. */
export interface Part {
  /** The place of the group. */
  readonly group: number;
  /** Undefined: they have none. */
  readonly text: string | undefined;
}

/** Groups cut into parts. Counting by parts first needs few products of large numbers. */
export interface Parts {
  readonly parts: readonly Part[];
  /** The place of the part of each store. */
  readonly partOf: Uint32Array;
}

export function partsBy({ groupOf }: Grouping<unknown>, textOf: (row: number) => string | undefined): Parts {
  const places = new Map<string, number>();
  const parts: Part[] = [];
  const partOf = groupOf.map((group, row) => {
    const text = textOf(row);
    const name = `${group} ${text ?? ""}`;
    const place = places.get(name);
    if (place !== undefined) return place;
    places.set(name, parts.length);
    return parts.push({ group, text }) - 1;
  });
  return { parts, partOf };
}

/** What all stores of a group have, for each group. Undefined if they differ, or if one has nothing. */
export function sharedText({ parts }: Parts): (group: number) => string | undefined {
  const texts = Map.groupBy(parts, ({ group }) => group);
  return (group) => {
    const [only, ...others] = texts.get(group) ?? [];
    return others.length === 0 ? only?.text : undefined;
  };
}

/** Adds up, for each group, what its parts with a text are worth. Undefined for a group without such a part. */
export function sumOfParts(
  { parts }: Parts,
  worthOf: (text: string, place: number) => bigint,
): (group: number) => bigint | undefined {
  const sums = new Map<number, bigint>();
  for (const [place, { group, text }] of parts.entries()) {
    if (text !== undefined) sums.set(group, (sums.get(group) ?? 0n) + worthOf(text, place));
  }
  return (group) => sums.get(group);
}
