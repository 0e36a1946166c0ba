import type { Context, MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import { collect, isStream } from "./answer_body.ts";
import { encodedTag } from "./entity_tag.ts";

/** JSON, CSV, lines, pages with their files, and metrics. Not event streams: a compressor would delay events. */
const COMPRESSED = /^(text\/(?!event-stream)|application\/(problem\+json|json|x-ndjson)|image\/svg)/;

/** Bytes. A shorter answer arrives no sooner, and compressing it takes 0.3 ms. */
const ONE_PACKET = 1_400;

/**
 * Compresses answers that are longer than a packet with gzip or deflate if the client asks. A part of a file stays plain, since its bytes
 * are counted in the plain file.
 */
export function compressed(): MiddlewareHandler {
  const inner = compress({ contentTypeFilter: COMPRESSED, threshold: ONE_PACKET });
  return async function compressed(c, next) {
    if (c.req.header("Range") !== undefined) return await next();
    await inner(c, async () => {
      await next();
      // The length decides whether compressing is worth it.
      if (c.res.body !== null && !isStream(c.res)) await collect(c);
    });
    nameEncoded(c);
  };
}

/** Compressed bytes are not the plain ones: they get a tag of their own, and no ranges. */
function nameEncoded(c: Context): void {
  const encoding = c.res.headers.get("Content-Encoding");
  if (encoding === null) return;
  c.res.headers.delete("Accept-Ranges");
  const tag = c.res.headers.get("ETag");
  if (tag !== null) c.res.headers.set("ETag", encodedTag(tag, encoding));
}
