import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Assets } from "./asset.ts";
import { MessagePage } from "./message_page.tsx";
import { respond } from "./respond.ts";

/** Much more than any form here sends. */
const FORM_BYTES = 65_536;

/** Refuses forms that are so long that they would fill memory. */
export function smallForm(assets: () => Promise<Assets>): MiddlewareHandler {
  const onError = async () =>
    await respond(
      <MessagePage assets={await assets()} title="This form is too long">
        <p class="lead">A form may have at most 64 KiB. Go back and shorten it.</p>
      </MessagePage>,
      413,
    );
  return bodyLimit({ maxSize: FORM_BYTES, onError });
}

/** Whether a request comes from one of our pages, an address that the visitor typed, or a client that is not a browser. */
export function isOurs({ headers }: Request): boolean {
  const site = headers.get("Sec-Fetch-Site");
  // "none": the visitor typed the address or used a bookmark. No page can send that.
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("Origin");
  if (origin === null) return true;
  // Compare without the scheme: a proxy may have removed TLS.
  return URL.canParse(origin) && new URL(origin).host === headers.get("Host");
}
