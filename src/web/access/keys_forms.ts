import { type Context, Hono, type MiddlewareHandler } from "hono";
import { addKey, type AskedKey } from "../../actions/access/add_key.ts";
import { revokeKey } from "../../actions/access/revoke_key.ts";
import { invalid, Refusal } from "../../actions/refusal.ts";
import { EXPIRY_FORM, parseExpiry } from "../../domain/access/expiry.ts";
import { isScope, type Scope } from "../../domain/access/scope.ts";
import { parseTagFilter } from "../../domain/tags/tag_filter.ts";
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
  const asked = readAsked(body);
  try {
    const { text } = await addKey(changeContext(c, deps), readKey(asked));
    return await keysPage(deps, { assets, made: { name: asked.name, text } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const chosen = Object.fromEntries(asked.scopes.map((scope) => [`scope.${scope}`, "yes"]));
    const { name, where, expires } = asked;
    return await keysPage(deps, {
      assets,
      refused: { fault: error.message, values: { name, where, expires, ...chosen } },
    });
  }
}

/** A form as it was sent. */
interface SentKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly where: string;
  readonly expires: string;
}

function readAsked(body: Readonly<Record<string, unknown>>): SentKey {
  const text = (field: string) => typeof body[field] === "string" ? body[field].trim() : "";
  const scopes = [body.scope ?? []].flat().map(String).filter(isScope);
  return { name: text("name"), scopes, where: text("where"), expires: text("expires") };
}

/** @throws {Refusal} if the stores or the expiry cannot be read */
function readKey({ name, scopes, where, expires }: SentKey): AskedKey {
  const filter = where === "" ? undefined : parseTagFilter([where]);
  if (typeof filter === "string") throw invalid({ field: "where", value: where, reason: filter });
  const expiry = expires === "" ? undefined : parseExpiry(expires);
  if (expires !== "" && expiry === undefined) {
    throw invalid({ field: "expires", value: expires, reason: `must be ${EXPIRY_FORM}` });
  }
  return { name, scopes, where: filter, expiresAt: expiry?.(Date.now() * 1000) };
}
