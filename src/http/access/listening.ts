import { hasValidKeys } from "../../db/access/keys.ts";
import type { Sql } from "../../db/connection/client.ts";
import type { AccessSettings } from "./guard.ts";
import { isLoopback } from "./loopback.ts";

/**
 * Makes sure that the service is not open to a network by mistake.
 *
 * @throws {RangeError} naming the ways out, if others can reach it and no key is needed
 */
export async function needProtection(
  sql: Sql,
  host: string,
  { isInsecure, signIn }: Pick<AccessSettings, "isInsecure" | "signIn">,
): Promise<void> {
  if (isInsecure || signIn !== undefined || isLoopback(host) || await hasValidKeys(sql)) return;
  throw new RangeError(
    `HOST is "${host}", so other machines could read and change everything, since there is no key that can be used. ` +
      "Make one: deno task key add NAME --scope admin. Or listen on this machine alone: HOST=127.0.0.1. " +
      "Or set up sign-in: OIDC_ISSUER. " +
      "Or let everybody in who can reach it: --insecure",
  );
}
