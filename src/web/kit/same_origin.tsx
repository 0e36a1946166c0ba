import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Assets } from "./asset.ts";
import { MessagePage } from "./message_page.tsx";
import { respond } from "./respond.ts";

/** Much more than a form has. */
const FORM_BYTES = 65_536;

/** Keeps a form from being so long that it fills memory. */
export function smallForm(assets: () => Promise<Assets>): MiddlewareHandler {
  const onError = async () =>
    await respond(<MessagePage assets={await assets()} title="This form is too long"></MessagePage>, 413);
  return bodyLimit({ maxSize: FORM_BYTES, onError });
}

/** Whether a request comes from a page of ours, from a visitor's own hand, or from what is no browser. */
export function isOurs({ headers }: Request): boolean {
  const site = headers.get("Sec-Fetch-Site");
  // "none" is an address that the visitor typed or kept: no page can send that.
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("Origin");
  if (origin === null) return true;
  // Not the scheme: a proxy may have taken TLS off.
  return URL.canParse(origin) && new URL(origin).host === headers.get("Host");
}
