import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { signIn } from "../../actions/access/sign_in.ts";
import { signOut } from "../../actions/access/sign_out.ts";
import { needs } from "../../web/access/needs.ts";
import { signInPage } from "../../web/access/sign_in_page.tsx";
import type { Assets } from "../../web/kit/asset.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { Problem } from "../kit/problem.ts";
import type { Guard } from "../access/guard.ts";
import type { Proxies } from "../access/peer.ts";
import type { Refuse } from "../access/refuse.ts";
import { REASONS } from "../access/refusals.ts";
import { localPath } from "./local_path.ts";
import { dropSession, sessionIn, setSession } from "./session_cookie.ts";

export interface SignInParts {
  readonly guard: Guard;
  readonly proxies: Proxies;
  readonly refuse: Refuse;
  readonly assets: () => Promise<Assets>;
  /** Whether people can also sign in at a provider of identities. */
  readonly hasProvider: boolean;
}

/** Much more than a key and a path. */
const FORM_BYTES = 16_384;

/** The page on which a person signs in with a key, and the way out. */
export function signInRoutes(
  { sql }: HttpDeps,
  { guard, proxies, refuse, assets, hasProvider }: SignInParts,
): Hono<HttpEnv> {
  const onError = (): never => {
    throw new Problem("body-too-large", "A key has 52 characters");
  };
  const small = bodyLimit({ maxSize: FORM_BYTES, onError });
  const open = needs("nothing");
  const app = new Hono<HttpEnv>();
  app.get("/sign-in", open, async (c) => {
    if (await guard.isOpen()) return c.redirect("/", 303);
    return await signInPage({ assets: await assets(), next: localPath(c.req.query("next")), hasProvider });
  });
  app.post("/sign-in", open, small, async (c) => {
    const { key, next } = await c.req.parseBody();
    const signedIn = await signIn({ sql, requestId: c.get("requestId") }, typeof key === "string" ? key : "");
    if (typeof signedIn === "string") {
      await refuse(c, { reason: signedIn });
      return await signInPage({ assets: await assets(), next: localPath(next), fault: REASONS[signedIn], hasProvider });
    }
    setSession(c, signedIn.secret, proxies.isSecure(c));
    return c.redirect(localPath(next), 303);
  });
  app.post("/sign-out", open, small, async (c) => {
    const { everywhere } = await c.req.parseBody();
    const secret = sessionIn(c);
    const isEverywhere = everywhere === "yes";
    if (secret !== undefined) await signOut({ sql, requestId: c.get("requestId") }, { secret, isEverywhere });
    dropSession(c);
    return c.redirect("/sign-in", 303);
  });
  return app;
}
