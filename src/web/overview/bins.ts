/** Stores by their share of uptime in the week. */
export interface Bin {
  /** Percent, from `min`, itself included, … */
  readonly min: number;
  /** … to `max`, itself left out, but for the last bin. */
  readonly max: number;
  readonly stores: number;
}

/** Narrow where most stores are: a store at 98 % and one at 99.9 % are not alike. The last bin is what never failed. */
const EDGES = [0, 50, 60, 70, 80, 85, 90, 95, 98, 99, 100];

/** Counts the stores of each bin; those of which nothing was judged are in none. */
export function binShares(shares: Float64Array): Bin[] {
  const counts = EDGES.map(() => 0);
  for (const share of shares) {
    const bin = EDGES.findLastIndex((edge) => share * 100 >= edge);
    if (bin !== -1) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return EDGES.map((min, index) => ({ min, max: EDGES[index + 1] ?? 100, stores: counts[index] ?? 0 }));
}
