import type { Context } from "hono";

/** Made on the way out, and must not be collected. */
const STREAMED = /^(text\/(csv|event-stream)|application\/x-ndjson)/;

export function isStream({ headers }: Response): boolean {
  return STREAMED.test(headers.get("Content-Type") ?? "");
}

/** Collects an answer that is not streamed, so that its Content-Length is right, for HEAD too. @returns the length */
export async function collect(c: Context): Promise<number> {
  const bytes = await c.res.arrayBuffer();
  c.res = new Response(bytes, c.res);
  c.res.headers.set("Content-Length", String(bytes.byteLength));
  return bytes.byteLength;
}
