import type { z } from "@hono/zod-openapi";
import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import { invalidParameters } from "./validation.ts";

/** Packs a place in a list into an opaque text. */
export function encodeCursor(position: unknown): string {
  return encodeBase64Url(new TextEncoder().encode(JSON.stringify(position)).buffer);
}

/**
 * Unpacks what a client sends back.
 *
 * @throws {Problem} if the text is not a cursor of this service
 */
export function decodeCursor<Position>(cursor: string | undefined, schema: z.ZodType<Position>): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = schema.safeParse(unpack(cursor));
  if (position.success) return position.data;
  throw invalidParameters([{ parameter: "cursor", value: cursor.slice(0, 100), reason: "is not a next_cursor" }]);
}

function unpack(cursor: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(decodeBase64Url(cursor)));
  } catch {
    return undefined;
  }
}
