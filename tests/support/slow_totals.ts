/**
 * What rows, groups and totals say, worked out from the measures of single stores with fractions of whole numbers without limit. Slow,
 * obvious, and without a line of src.
 */

/** A store in one window, with all that its numbers follow from. */
export interface SlowStore {
  readonly tags: Readonly<Record<string, string>>;
  /** Its own target, or the report's. Decimal digits. */
  readonly target: string | undefined;
  readonly sales: string | undefined;
  /** Microseconds; `outages` is a number. */
  readonly measures: Readonly<Record<string, number>>;
}

/** A store as a line of `rows.ndjson` says it. */
export function slowStoreOf(line: Record<string, unknown>): SlowStore & { readonly window: unknown } {
  const measures = Object.entries(line).filter(([name]) => name.endsWith("_us") || name === "outages")
    .map(([name, value]): [string, number] => [name.replace(/_us$/, ""), Number(value)]);
  const tags = Object.entries(Object(line.tags)).map(([key, value]): [string, string] => [key, String(value)]);
  const digits = (value: unknown) => value === null ? undefined : String(value);
  return {
    window: line.window,
    tags: Object.fromEntries(tags),
    target: digits(line.target_percent),
    sales: digits(line.sales_per_hour),
    measures: Object.fromEntries(measures.filter(([name]) => name !== "budget")),
  };
}

interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** `12.5` is 125 tenths. */
function fraction(digits: string): Fraction {
  const [whole = "", parts = ""] = digits.split(".");
  return { top: BigInt(whole + parts), bottom: 10n ** BigInt(parts.length) };
}

function plus(a: Fraction, b: Fraction): Fraction {
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

function times(a: Fraction, b: Fraction): Fraction {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

function whole(top: bigint): Fraction {
  return { top, bottom: 1n };
}

/** The largest whole number that is not larger. */
function floor({ top, bottom }: Fraction): bigint {
  const towardsZero = top / bottom;
  return towardsZero * bottom > top ? towardsZero - 1n : towardsZero;
}

/** With so many digits, half away from zero. Nothing is not written as -0. */
function digitsOf({ top, bottom }: Fraction, digits: number): string {
  const size = { top: (top < 0n ? -top : top) * 10n ** BigInt(digits), bottom };
  const rounded = floor(plus(size, { top: 1n, bottom: 2n }));
  const text = String(rounded).padStart(digits + 1, "0");
  const point = text.length - digits;
  const sign = top < 0n && rounded > 0n ? "-" : "";
  return sign + text.slice(0, point) + (digits === 0 ? "" : `.${text.slice(point)}`);
}

const HOUR = { top: 1n, bottom: 3_600_000_000n };

/** Sums by the name of the measure; the longest outage is the longest. */
export function slowSums(stores: readonly SlowStore[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { measures } of stores) {
    for (const [name, value] of Object.entries(measures)) {
      const [one, other] = [sums[name] ?? 0n, BigInt(value)];
      sums[name] = name !== "longest_outage" ? one + other : one > other ? one : other;
    }
  }
  return sums;
}

/** Microseconds; undefined if no store has a target. */
export function slowBudget(stores: readonly SlowStore[]): bigint | undefined {
  const having = stores.filter(({ target }) => target !== undefined);
  const allowed = having.map(({ target = "", measures }) => {
    const missing = plus(whole(100n), times(whole(-1n), fraction(target)));
    return times(whole(BigInt(measures["scheduled"] ?? NaN)), times(missing, { top: 1n, bottom: 100n }));
  });
  const down = slowSums(having)["down"] ?? 0n;
  return having.length === 0 ? undefined : floor(allowed.reduce(plus, whole(0n))) - down;
}

/** Two digits; undefined if no store has sales. */
export function slowLostSales(stores: readonly SlowStore[]): string | undefined {
  const having = stores.filter(({ sales }) => sales !== undefined);
  const lost = having.map(({ sales = "", measures }) =>
    times(times(whole(BigInt(measures["down"] ?? NaN)), HOUR), fraction(sales))
  );
  return having.length === 0 ? undefined : digitsOf(lost.reduce(plus, whole(0n)), 2);
}

export function slowTarget(stores: readonly SlowStore[]): string | undefined {
  const [first] = stores;
  return stores.every(({ target }) => target === first?.target) ? first?.target : undefined;
}

/** The cells of a line of rows.csv or totals.csv, from `scheduled_hours` to `lost_sales`. */
export function slowCells(stores: readonly SlowStore[], precision: number): string[] {
  const sums = slowSums(stores);
  const sum = (name: string) => sums[name] ?? 0n;
  const hours = (name: string) => digitsOf(times(whole(sum(name)), HOUR), precision);
  const percent = (part: bigint, of: bigint) => of === 0n ? "" : percentText(part * 10_000n / of);
  const judged = sum("up") + sum("down");
  const missed = sum("scheduled") - sum("up_high");
  const budget = slowBudget(stores);
  return [
    ...["scheduled", "excluded", "up", "down", "unknown", "observed"].map(hours),
    percent(sum("observed"), sum("scheduled")),
    percent(sum("up"), judged),
    percent(sum("up_low"), sum("scheduled")),
    // Rounded up: what is missing is rounded down.
    sum("scheduled") === 0n ? "" : percentText(10_000n - missed * 10_000n / sum("scheduled")),
    String(sum("outages")),
    hours("longest_outage"),
    slowTarget(stores) ?? "",
    budget === undefined ? "" : digitsOf(times(whole(budget), HOUR), precision),
    slowLostSales(stores) ?? "",
  ];
}

function percentText(hundredths: bigint): string {
  return digitsOf({ top: hundredths, bottom: 100n }, 2);
}

/** The values of a group's tags, missing ones as undefined. */
export type SlowValues = readonly (string | undefined)[];

/** Groups in the order of their values, by their UTF-8 bytes; missing ones last. */
export function slowGroups<Store extends Pick<SlowStore, "tags">>(
  stores: readonly Store[],
  keys: readonly string[],
): { values: SlowValues; members: Store[] }[] {
  const groups = Map.groupBy(stores, ({ tags }) => keys.map((key) => sortable(tags[key])).join("/"));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => ({
    values: keys.map((key) => members[0]?.tags[key]),
    members,
  }));
}

/** As hexadecimal digits, which come before the letter that stands for nothing. */
function sortable(value: string | undefined): string {
  return value === undefined ? "z" : new TextEncoder().encode(value).toHex();
}
