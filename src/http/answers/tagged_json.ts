import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { createHash } from "node:crypto";
import { knownCopy } from "./preconditions.ts";

/** The tag of something that can be changed: the same for the same JSON. */
export function tagOf(json: unknown): string {
  return `"${createHash("sha256").update(JSON.stringify(json)).digest("hex").slice(0, 32)}"`;
}

/**
 * Adds the headers of something that can be changed.
 *
 * @returns whether the client has a copy that it may keep
 */
export function isKnown(c: Context, etag: string): boolean {
  const known = knownCopy(c, { etag });
  addTag(c, known ?? etag);
  return known !== undefined;
}

export function addTag(c: Context, etag: string): void {
  c.header("ETag", etag);
  c.header("Cache-Control", "no-cache");
}

/** For `createRoute`: a request that may name the state that it wants to change. */
export const IfMatch = z.object({
  "if-match": z.string().optional().openapi({
    description: "The ETag of the state that you want to change. If it is another one by now, the answer is 412.",
  }),
});

const ETag = { schema: { type: "string" as const }, description: "For If-Match." };

/** For `createRoute`: a response with an ETag. */
export function tagged<Content extends object>(response: Content): Content & { headers: { ETag: typeof ETag } } {
  return { ...response, headers: { ETag } };
}

export const notModified = { description: "The client has the latest version." };
