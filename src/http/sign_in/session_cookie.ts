import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { KEY_SESSION_HOURS } from "../../db/access/sessions.ts";

const NAME = "storewatch_session";
/** With this prefix, a browser takes the cookie over TLS alone, and sends it to no other host. */
const SECURE_NAME = `__Host-${NAME}`;

/** The session that a browser shows. */
export function sessionIn(c: Context): string | undefined {
  return getCookie(c, SECURE_NAME) ?? getCookie(c, NAME);
}

/** Gives the browser a session. Scripts cannot read it, and other sites cannot send it along with what changes something. */
export function setSession(c: Context, secret: string, isSecure: boolean): void {
  setCookie(c, isSecure ? SECURE_NAME : NAME, secret, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure,
    maxAge: KEY_SESSION_HOURS * 60 * 60,
  });
}

/** Takes the session away, whichever name it has. */
export function dropSession(c: Context): void {
  for (const name of [SECURE_NAME, NAME]) {
    setCookie(c, name, "", { path: "/", httpOnly: true, sameSite: "Lax", secure: name === SECURE_NAME, maxAge: 0 });
  }
}
