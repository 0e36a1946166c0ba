/** More would not be read. */
const MOST = 3;
/** Letters that may differ in a name of usual length. */
const MOST_SLIPS = 2;
/** Shorter texts are near to everything. */
const SHORTEST = 4;

/** The names that a text probably means: the same letters, one within the other, or two letters apart; the best ones first. */
export function proposals(text: string, names: Iterable<string>): string[] {
  const wanted = lettersOf(text);
  if (wanted.length < SHORTEST) return [];
  const ranked: { name: string; distance: number }[] = [];
  for (const name of names) {
    const distance = distanceTo(wanted, name);
    if (distance !== undefined) ranked.push({ name, distance });
  }
  return ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1)).slice(0, MOST).map(({ name }) =>
    name
  );
}

function distanceTo(wanted: string, name: string): number | undefined {
  const whole = lettersOf(name);
  const city = lettersOf(name.slice(name.lastIndexOf("/") + 1));
  if (wanted === whole || wanted === city) return 0;
  if (whole.length >= SHORTEST && wanted.startsWith(whole)) return 1;
  if (city.length >= SHORTEST && (wanted.includes(city) || city.startsWith(wanted))) return 2;
  const slips = Math.min(slipsBetween(wanted, whole), slipsBetween(wanted, city));
  return slips <= MOST_SLIPS && wanted.length > 2 * slips ? 2 + slips : undefined;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Levenshtein's distance, or something larger than counts. */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_SLIPS) return Infinity;
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (before[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      here.push(Math.min(replaced, (before[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1));
    }
    before = here;
  }
  return before[b.length] ?? Infinity;
}
