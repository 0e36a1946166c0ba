import type { ConnectionOptions } from "node:tls";

/** How connections are encrypted and what is checked of the server, in the words of Postgres' own clients. */
export const TLS_MODES = ["prefer", "require", "verify-ca", "verify-full"] as const;
export type TlsMode = typeof TLS_MODES[number];

/** Plain data, since worker threads get it too. */
export interface Tls {
  readonly mode: TlsMode;
  /** Certificates of trusted roots, as PEM. Undefined: the roots that Deno trusts. */
  readonly roots?: string;
}

/**
 * What postgres.js has to be given. As with libpq, `require` checks the certificate only if a root is given, and a socket in
 * the file system needs no encryption.
 *
 * @param host a single name or address; undefined if there are several
 */
export function tlsOption(tls: Tls | undefined, host: string | undefined): false | "prefer" | ConnectionOptions {
  if (tls === undefined || host?.startsWith("/")) return false;
  const { mode, roots } = tls;
  if (mode === "prefer") return "prefer";
  if (mode === "require" && roots === undefined) return { rejectUnauthorized: false };
  return {
    rejectUnauthorized: true,
    ...roots === undefined ? {} : { ca: roots },
    // The name that is compared with the certificate. Without it an IP address would be compared as "localhost".
    ...host === undefined ? {} : { host },
    ...mode === "verify-full" ? {} : { checkServerIdentity: () => undefined },
  };
}
