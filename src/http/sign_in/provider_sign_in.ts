import { type Context, Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "@hono/zod-openapi";
import { signInPerson } from "../../actions/access/sign_in_person.ts";
import { type ClaimNames, personOf } from "../../domain/access/claims.ts";
import { needs } from "../../web/access/needs.ts";
import { signInPage } from "../../web/access/sign_in_page.tsx";
import type { Assets } from "../../web/kit/asset.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { localPath } from "./local_path.ts";
import type { Proxies } from "../access/peer.ts";
import { type Provider, RETURN_PATH, SignInFailed, type SignInState } from "./provider.ts";
import type { Refuse } from "../access/refuse.ts";
import { setSession } from "./session_cookie.ts";

export interface ProviderParts {
  readonly provider: Provider;
  readonly claims: ClaimNames;
  readonly proxies: Proxies;
  readonly refuse: Refuse;
  readonly assets: () => Promise<Assets>;
}

const COOKIE = "storewatch_sign_in";
const TEN_MINUTES = 600;

const Kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), next: z.string() });

/** The way of a person to the provider of identities, and back. */
export function providerSignIn({ sql, log }: HttpDeps, parts: ProviderParts): Hono<HttpEnv> {
  const { provider, claims, proxies, refuse, assets } = parts;
  const open = needs("nothing");
  const app = new Hono<HttpEnv>();
  app.get("/sign-in/start", open, async (c) => {
    const next = localPath(c.req.query("next"));
    const started = await provider.begin(next).catch(unlessFailed);
    if (started instanceof SignInFailed) {
      log("error", "no sign-in at the provider", { error: started });
      return await signInPage({ assets: await assets(), next, fault: started.message, hasProvider: true });
    }
    const { url, kept } = started;
    keep(c, JSON.stringify(kept), proxies.isSecure(c));
    return c.redirect(url.href, 303);
  });
  app.get(RETURN_PATH, open, async (c) => {
    const kept = keptBy(c);
    keep(c, "", proxies.isSecure(c));
    const fail = async (fault: string, reason: string) => {
      await refuse(c, { reason });
      return await signInPage({ assets: await assets(), next: kept?.next ?? "/", fault, hasProvider: true });
    };
    if (kept === undefined) {
      return await fail("This sign-in did not start in this browser, or took too long", "no sign-in");
    }
    const found = await provider.finish(new URL(c.req.url).search, kept).catch(unlessFailed);
    if (found instanceof SignInFailed) {
      log("warn", "sign-in failed", { error: found });
      return await fail(found.message, "provider");
    }
    const person = personOf(found, claims);
    if (typeof person === "string") return await fail(person, "claims");
    setSession(c, await signInPerson({ sql, requestId: c.get("requestId") }, person), proxies.isSecure(c));
    return c.redirect(localPath(kept.next), 303);
  });
  return app;
}

function unlessFailed(error: unknown): SignInFailed {
  if (error instanceof SignInFailed) return error;
  throw error;
}

/** The browser alone keeps it. A sign-in that another browser began is refused. */
function keep(c: Context, text: string, isSecure: boolean): void {
  const maxAge = text === "" ? 0 : TEN_MINUTES;
  setCookie(c, COOKIE, text, { path: "/sign-in", httpOnly: true, sameSite: "Lax", secure: isSecure, maxAge });
}

function keptBy(c: Context): SignInState | undefined {
  try {
    const kept = Kept.safeParse(JSON.parse(getCookie(c, COOKIE) ?? ""));
    return kept.data;
  } catch {
    return undefined;
  }
}
