import { parseTagFilter, type TagFilter } from "../../domain/tags/tag_filter.ts";

/** The tags that an address asks for. */
export interface AskedTags {
  /** Undefined: stores with any tags, or without. */
  readonly filter: TagFilter | undefined;
  /** Why the address's filter cannot be used. All stores are shown then. */
  readonly fault: string | undefined;
}

/** Reads the parameters `where` of an address. */
export function readTags(given: URLSearchParams): AskedTags {
  const texts = given.getAll("where").filter((text) => text !== "");
  if (texts.length === 0) return { filter: undefined, fault: undefined };
  const filter = parseTagFilter(texts);
  return typeof filter === "string"
    ? { filter: undefined, fault: `The filter by tags (where=) ${filter}` }
    : { filter, fault: undefined };
}

/** An address, of the stores with some tags. */
export function withTags(address: string, filter: TagFilter | undefined): string {
  if (filter === undefined) return address;
  return `${address}${address.includes("?") ? "&" : "?"}${tagParameters(filter)}`;
}

/** A filter as the parameters of an address. */
function tagParameters(filter: TagFilter): URLSearchParams {
  const pairs = Object.entries(filter).flatMap(([key, values]) => values.map((value) => ["where", `${key}:${value}`]));
  return new URLSearchParams(pairs);
}

const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** `brand Golden Wok, region East or West` */
export function tagWords(filter: TagFilter): string {
  return Object.entries(filter).map(([key, values]) => `${keyWords(key)} ${OR.format(values)}`).join(", ");
}

/** A key as people write it: `price_level` is `price level`. */
export function keyWords(key: string): string {
  return key.replaceAll("_", " ");
}

/** The same at the start of a line. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
