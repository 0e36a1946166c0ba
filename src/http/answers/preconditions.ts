import type { Context } from "hono";
import type { Micros } from "../../domain/time/interval.ts";
import { listedTags, plainTag } from "./entity_tag.ts";
import { Problem } from "../kit/problem.ts";

/** What tells one state of a resource from another. */
export interface State {
  /** A strong tag of the plain bytes, in its quotes. */
  readonly etag: string;
  /** If it is not known, conditions about dates do not count. */
  readonly lastModified?: Micros;
}

/** The same of a file. */
export interface Validators extends State {
  readonly lastModified: Micros;
}

/** An instant as HTTP writes it, to the second. */
export function httpDate(at: Micros): string {
  return new Date(at / 1000).toUTCString();
}

/**
 * Looks at the conditions of a request, in the order of RFC 9110 §13.2.2.
 *
 * @returns the tag of the copy that the client has and may keep; undefined if it needs the content
 * @throws {Problem} if the resource is not in the state that the client wants it to be in
 */
export function knownCopy(c: Context, validators: State): string | undefined {
  refuseOtherState(c, validators);
  const ifNoneMatch = c.req.header("If-None-Match");
  if (ifNoneMatch !== undefined) return matchingTag(ifNoneMatch, validators.etag);
  const since = dateOf(c, "If-Modified-Since");
  const { etag, lastModified } = validators;
  return since !== undefined && lastModified !== undefined && seconds(lastModified) <= since ? etag : undefined;
}

/** @throws {Problem} if If-Match or If-Unmodified-Since asks for another state */
export function refuseOtherState(c: Context, { etag, lastModified }: State): void {
  const ifMatch = c.req.header("If-Match");
  if (ifMatch !== undefined) {
    if (listedTags(ifMatch).some((tag) => tag === "*" || plainTag(tag) === etag)) return;
    throw new Problem("precondition-failed", `If-Match does not name the current ETag, ${etag}`);
  }
  const since = dateOf(c, "If-Unmodified-Since");
  if (since === undefined || lastModified === undefined || seconds(lastModified) <= since) return;
  throw new Problem("precondition-failed", `It was last modified on ${httpDate(lastModified)}`);
}

/**
 * Looks at the conditions of a change.
 *
 * @param etag undefined if there is nothing yet
 * @throws {Problem} if the client means another state
 */
export function refuseOtherTag(c: Context, etag: string | undefined): void {
  if (etag !== undefined) {
    refuseOtherState(c, { etag });
    if (c.req.header("If-None-Match")?.trim() === "*") throw new Problem("precondition-failed", "It exists already");
  } else if (c.req.header("If-Match") !== undefined) {
    throw new Problem("precondition-failed", "If-Match names an ETag, but there is nothing yet");
  }
}

/** Compares weakly, as RFC 9110 §13.1.2 says. */
function matchingTag(ifNoneMatch: string, etag: string): string | undefined {
  for (const listed of listedTags(ifNoneMatch)) {
    const tag = listed.replace(/^W\//, "");
    if (tag === "*") return etag;
    if (plainTag(tag) === etag) return tag;
  }
  return undefined;
}

/** Seconds since 1970. Undefined if the header is missing or not a date: it then does not count. */
function dateOf(c: Context, header: string): number | undefined {
  const text = c.req.header(header)?.trim() ?? "";
  const ms = /\bGMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

function seconds(at: Micros): number {
  return Math.floor(at / 1_000_000);
}
