import { codeOf } from "../../error_code.ts";
import type { Tls } from "./tls.ts";

/** Why Postgres cannot be reached, and what to do, in one line for people. */
export function unreachable(cause: unknown, tls: Tls | undefined): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`Postgres cannot be reached: ${why}. ${advice(cause, why, tls)}`, { cause });
}

const NOT_TRUSTED = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_)/;

function advice(cause: unknown, why: string, tls: Tls | undefined): string {
  const code = codeOf(cause) ?? "";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "sslmode is verify-full: connect by a name that the certificate has, or set sslmode to verify-ca";
  }
  if (NOT_TRUSTED.test(code)) {
    return "The certificate is not signed by a root that is trusted here: set sslrootcert to the file of its root";
  }
  if (/before secure TLS/.test(why)) {
    return `sslmode is ${tls?.mode}, but the server does not encrypt: turn ssl on there, or set sslmode to prefer`;
  }
  if (/no encryption/.test(why) && tls === undefined) {
    return "The server wants encryption: set sslmode to require or more";
  }
  // Postgres' code for a missing right: here it can only be the one to connect.
  if (code === "42501") return "Run as its owner: grant connect on database … to …";
  return "Check DATABASE_URL or PGHOST";
}
