import type { Context } from "hono";
import { recordRefusal } from "../../actions/access/record_refusal.ts";
import type { Sql } from "../../db/connection/client.ts";
import type { Actor } from "../../domain/actor.ts";
import type { HttpEnv } from "../deps.ts";
import type { AccessLimits } from "./limits.ts";
import type { Proxies } from "./peer.ts";

/** Why a request is refused, and whose it is. */
export interface Refused {
  readonly reason: string;
  readonly actor?: Actor;
}

/** Counts a refusal and writes it into the audit. @throws {Problem} if there were too many from one address: these are not written */
export type Refuse = (c: Context<HttpEnv>, refused: Refused) => Promise<void>;

interface RefuserParts {
  readonly limits: AccessLimits;
  readonly proxies: Proxies;
}

export function refuser({ sql }: { readonly sql: Sql }, { limits, proxies }: RefuserParts): Refuse {
  return async (c, { reason, actor = "anonymous" }) => {
    await limits.countRefusal(c);
    const { method, path } = c.req;
    const refused = { reason, method, path, address: proxies.addressOf(c) };
    await recordRefusal({ sql, actor, requestId: c.get("requestId") }, refused);
  };
}
