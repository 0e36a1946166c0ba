/** The whole numbers that a rounded one can mean: from the first to the last, both included. */
export interface IdRange {
  readonly first: bigint;
  readonly last: bigint;
}

const SCIENTIFIC = /^([1-9])(?:[.,](\d{1,30}))?e\+?(\d{1,2})$/i;
const WHOLE = /^([1-9]\d{15,63})(?:[.,]0+)?$/;
/** Digits that a spreadsheet shows at least. */
const FEWEST_DIGITS = 6;
/** Digits that the shortest text of any double has at most. */
const MOST_DIGITS = 17;

/**
 * Reads an id that a spreadsheet or a program has rounded: `1.81420142949963E+18`, `1814201429499630000`. Programs round it,
 * Excel cuts it off, and a double keeps 53 bits of it.
 *
 * @returns undefined if the text is no such number
 */
export function roundedId(text: string): IdRange | undefined {
  const [, whole] = WHOLE.exec(text) ?? [];
  if (whole !== undefined) return looksRounded(whole) ? rangeOf(BigInt(whole), unitOf(whole)) : undefined;
  const [, digit, fraction = "", exponent] = SCIENTIFIC.exec(text) ?? [];
  const missing = Number(exponent) - fraction.length;
  if (digit === undefined || !(missing > 0)) return undefined;
  const unit = 10n ** BigInt(missing);
  return rangeOf(BigInt(digit + fraction) * unit, unit);
}

/** Whether a store's id is a whole number of a range. */
export function isWithin(storeId: string, { first, last }: IdRange): boolean {
  if (!/^[1-9]\d{0,63}$/.test(storeId)) return false;
  const id = BigInt(storeId);
  return id >= first && id <= last;
}

/** The range in parts whose numbers have the same count of digits: within one, they are in the order of their texts. */
export function partsOf({ first, last }: IdRange): { first: string; last: string }[] {
  const parts: { first: string; last: string }[] = [];
  for (let from = first; from <= last;) {
    const end = 10n ** BigInt(from.toString().length) - 1n;
    const to = end < last ? end : last;
    parts.push({ first: from.toString(), last: to.toString() });
    from = to + 1n;
  }
  return parts;
}

/** Zeros at the end that no double could tell apart, or one of the few whole numbers of its size that are doubles. */
function looksRounded(whole: string): boolean {
  if (zerosOf(whole) > 0 && zerosOf(whole) >= whole.length - MOST_DIGITS) return true;
  return Number(whole) > Number.MAX_SAFE_INTEGER && BigInt(Number(whole)) === BigInt(whole);
}

function zerosOf(whole: string): number {
  return whole.length - whole.replace(/0+$/, "").length;
}

function unitOf(whole: string): bigint {
  return 10n ** BigInt(Math.min(zerosOf(whole), whole.length - FEWEST_DIGITS));
}

function rangeOf(number: bigint, unit: bigint): IdRange {
  // A double is up to half a spacing away from its number, and its shortest text as much from the double.
  const reach = unit / 2n + spacingOf(number);
  const cutOff = unit - 1n;
  return { first: number - reach, last: number + (cutOff > reach ? cutOff : reach) };
}

/** How far the doubles around a number lie apart. */
function spacingOf(number: bigint): bigint {
  const bits = number.toString(2).length;
  return bits <= 53 ? 0n : 1n << BigInt(bits - 53);
}
