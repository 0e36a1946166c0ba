import type { Result } from "./result.ts";

/**
 * Some rows of a result, as a result of their own.
 *
 * @param places in the order of ids
 */
export function subset(result: Result, places: Uint32Array): Result {
  const pick = (column: Float64Array | undefined) =>
    column && Float64Array.from(places, (place) => column[place] ?? NaN);
  const columns = new Map<string, Float64Array | undefined>();
  return {
    windows: result.windows,
    storeIds: Array.from(places, (place) => result.storeIds[place] ?? ""),
    column(window, measure) {
      const key = `${window} ${measure}`;
      if (!columns.has(key)) columns.set(key, pick(result.column(window, measure)));
      return columns.get(key);
    },
    ends(window) {
      const ends = result.ends(window);
      const [from, to] = [pick(ends?.from), pick(ends?.to)];
      return from && to && { from, to };
    },
    text(name) {
      const texts = result.text(name);
      return texts && Array.from(places, (place) => texts[place] ?? "");
    },
    pollAge: pick(result.pollAge),
  };
}
