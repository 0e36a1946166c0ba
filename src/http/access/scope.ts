import type { Need, Scope } from "../../domain/access/scope.ts";

/** The ways in which a key may come, as OpenAPI names them. */
export const SECURITY_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", bearerFormat: "sw_…", description: "Authorization: Bearer and a key." },
  basic: {
    type: "http",
    scheme: "basic",
    description: "For old clients: the key is the password, with any user name.",
  },
  header: { type: "apiKey", in: "header", name: "X-API-Key", description: "For old clients: a key." },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "storewatch_session",
    description: "A person who signed in on a page.",
  },
} as const;

/** What an operation needs, for `createRoute`: it stands in the OpenAPI document, and the door reads it there. */
export function scope(need: Need): { security: Record<string, Scope[]>[] } {
  if (need === "nothing") return { security: [] };
  return { security: Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [need] })) };
}
