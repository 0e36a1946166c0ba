import type { Context } from "hono";

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

/**
 * Chooses the media type that an Accept header wants most. Of those that it wants equally, the first offer wins.
 *
 * @returns undefined if it wants none of them
 */
export function preferred<Offer extends string>(
  accept: string | undefined,
  offers: readonly Offer[],
): Offer | undefined {
  const ranges = parseAccept(accept ?? "*/*");
  let best: { offer: Offer; quality: number } | undefined;
  for (const offer of offers) {
    const quality = qualityOf(offer, ranges);
    if (quality > (best?.quality ?? 0)) best = { offer, quality };
  }
  return best?.offer;
}

/** Whether a client prefers a page to JSON. A client without a preference gets JSON. */
export function wantsPage(c: Context): boolean {
  return preferred(c.req.header("Accept"), ["application/json", "text/html"]) === "text/html";
}

function parseAccept(accept: string): MediaRange[] {
  const ranges = accept.split(",").map(parseRange).filter(({ type }) => type !== "");
  return ranges.length === 0 ? [{ type: "*/*", quality: 1 }] : ranges;
}

function parseRange(range: string): MediaRange {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  const quality = q === undefined ? 1 : Number(q);
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The most specific range that fits a type decides (RFC 9110 §12.5.1). */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const patterns = [type, `${type.slice(0, type.indexOf("/"))}/*`, "*/*"];
  for (const pattern of patterns) {
    const range = ranges.find((candidate) => candidate.type === pattern);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
