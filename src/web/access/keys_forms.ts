import { type Context, Hono, type MiddlewareHandler } from "hono";
import { addKey } from "../../actions/access/add_key.ts";
import { revokeKey } from "../../actions/access/revoke_key.ts";
import { Refusal } from "../../actions/refusal.ts";
import { EXPIRY_FORM, parseExpiry } from "../../domain/access/expiry.ts";
import { isScope } from "../../domain/access/scope.ts";
import type { Assets } from "../kit/asset.ts";
import { changeContext } from "../kit/change_context.ts";
import type { WebDeps } from "../kit/deps.ts";
import { keysPage } from "./keys_page.tsx";
import { needs } from "./needs.ts";

interface KeysFormsParts {
  readonly assets: () => Promise<Assets>;
  /** Refuses forms that are too long. */
  readonly form: MiddlewareHandler;
}

/** The page of keys and its forms, for admins. */
export function keysForms(deps: WebDeps, { assets, form }: KeysFormsParts): Hono {
  const admin = needs("admin");
  return new Hono()
    .get("/keys", admin, async () => await keysPage(deps, { assets: await assets() }))
    .post("/keys", admin, form, async (c) => await add(c, deps, await assets()))
    .post("/keys/revoke", admin, form, async (c) => {
      const { name } = await c.req.parseBody();
      if (typeof name === "string") await revokeKey(changeContext(c, deps), name);
      return c.redirect("/keys", 303);
    });
}

async function add(c: Context, deps: WebDeps, assets: Assets): Promise<Response> {
  const body = await c.req.parseBody({ all: true });
  const scopes = [body.scope ?? []].flat().map(String).filter(isScope);
  const [name = "", expires = ""] = [body.name, body.expires].map((value) =>
    typeof value === "string" ? value.trim() : ""
  );
  const refuse = async (fault: string) => {
    const chosen = Object.fromEntries(scopes.map((scope) => [`scope.${scope}`, "yes"]));
    return await keysPage(deps, { assets, refused: { fault, values: { name, expires, ...chosen } } });
  };
  const expiry = expires === "" ? undefined : parseExpiry(expires);
  if (expires !== "" && expiry === undefined) return await refuse(`Expires must be ${EXPIRY_FORM}`);
  try {
    const asked = { name, scopes, expiresAt: expiry?.(Date.now() * 1000) };
    const { text } = await addKey(changeContext(c, deps), asked);
    return await keysPage(deps, { assets, made: { name, text } });
  } catch (error) {
    if (error instanceof Refusal) return await refuse(`The ${error.message}`);
    throw error;
  }
}
