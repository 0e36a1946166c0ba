import type { Scope } from "../../domain/access/scope.ts";
import { Problem } from "../kit/problem.ts";

const REALM = 'Bearer realm="Storewatch"';

/** Why a key or a session cannot be used, for its owner. */
export const REASONS = {
  none: "Send a key: Authorization: Bearer sw_…. A person signs in at /sign-in",
  unknown: "This key is not known here, or it is cut. Check it, or ask an admin for a new one",
  expired: "This key has expired. Ask an admin for a new one",
  revoked: "This key was revoked. Ask an admin for a new one",
  "signed-out": "This session has ended. Sign in again at /sign-in",
} as const;

/** Why a request is not answered. */
export type Unknown = keyof typeof REASONS;

/** The answer to a request without a key, or with one that cannot be used. */
export function keyNeeded(why: Unknown): Problem {
  const challenge = why === "none" ? REALM : `${REALM}, error="invalid_token"`;
  return new Problem("key-needed", REASONS[why], { headers: { "WWW-Authenticate": challenge } });
}

/** The answer to a request whose key or person may not do this. */
export function scopeNeeded(scope: Scope): Problem {
  const challenge = `${REALM}, error="insufficient_scope", scope="${scope}"`;
  return new Problem("scope-needed", `This needs the scope ${scope}`, {
    headers: { "WWW-Authenticate": challenge },
    members: { scope },
  });
}
