import type { JSX } from "hono/jsx/jsx-runtime";

/** Scripts, styles and images come from this service only. Nothing is inline. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": POLICY,
  // What a page shows changes, so browsers must not keep it.
  "Cache-Control": "no-store",
  "Vary": "Accept",
};

/** Answers with a page. */
export async function respond(page: JSX.Element, status = 200): Promise<Response> {
  return new Response(`<!doctype html>\n${await page}`, { status, headers: HEADERS });
}
