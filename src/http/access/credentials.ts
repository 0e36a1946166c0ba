import type { Context } from "hono";
import { sessionIn } from "../sign_in/session_cookie.ts";

/** What a request shows to say where it comes from. */
export interface Credential {
  readonly kind: "key" | "session";
  readonly secret: string;
}

/**
 * Finds the key or the session of a request. Programs send a key as `Authorization: Bearer`. Old clients may send it as the password of
 * `Authorization: Basic`, with any user name, or as `X-API-Key`. Browsers send a session as a cookie, which counts if there is no key.
 */
export function credentialOf(c: Context): Credential | undefined {
  const key = keyIn(c.req.header("Authorization") ?? "") ?? c.req.header("X-API-Key")?.trim();
  if (key !== undefined && key !== "") return { kind: "key", secret: key };
  const session = sessionIn(c);
  return session === undefined ? undefined : { kind: "session", secret: session };
}

function keyIn(authorization: string): string | undefined {
  const [, scheme = "", value = ""] = /^(bearer|basic)\s+(\S+)\s*$/i.exec(authorization) ?? [];
  if (scheme === "") return undefined;
  return scheme.toLowerCase() === "bearer" ? value : passwordIn(value);
}

/** The password. Some clients can send a user name alone, which then is the key. */
function passwordIn(base64: string): string {
  const text = decoded(base64);
  const end = text.indexOf(":");
  if (end === -1) return text;
  return text.slice(end + 1) || text.slice(0, end);
}

/** The bytes as they are: a key is ASCII. */
function decoded(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return "";
  }
}
