import { isScope, type Scope } from "./domain/access/scope.ts";
import { authorityOf } from "./host_name.ts";

/** A provider of identities, and which of its claims count. */
export interface SignInSettings {
  readonly issuer: URL;
  /** The hosts that the provider may be asked at, each with its port. */
  readonly hosts: readonly string[];
  readonly clientId: string;
  /** Undefined: a public client. */
  readonly clientSecret: string | undefined;
  /** The address of this service, as browsers know it. */
  readonly publicUrl: URL;
  readonly claims: {
    readonly roles: string;
    readonly scopeOf: Readonly<Record<string, Scope>> | undefined;
    readonly where: string;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

export const ROLE_CLAIM = "roles";
export const WHERE_CLAIM = "storewatch_where";

/**
 * Reads how people sign in. @returns undefined if they do so with keys alone
 *
 * @throws {RangeError} naming the variable, its value and what was expected
 */
export function readSignIn(environment: Environment): SignInSettings | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL } = environment;
  const { OIDC_HOSTS, OIDC_ROLE_CLAIM, OIDC_ROLES, OIDC_WHERE_CLAIM } = environment;
  if (!OIDC_ISSUER) return undefined;
  if (!OIDC_CLIENT_ID) throw new RangeError("OIDC_ISSUER is set, so OIDC_CLIENT_ID must be the client's id there");
  const issuer = safeUrl("OIDC_ISSUER", OIDC_ISSUER);
  return {
    issuer,
    hosts: [authorityOf(issuer), ...OIDC_HOSTS ? OIDC_HOSTS.split(",").map((part) => readHost(part.trim())) : []],
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET || undefined,
    publicUrl: safeUrl("PUBLIC_URL", PUBLIC_URL ?? ""),
    claims: {
      roles: OIDC_ROLE_CLAIM || ROLE_CLAIM,
      scopeOf: OIDC_ROLES ? readRoles(OIDC_ROLES) : undefined,
      where: OIDC_WHERE_CLAIM || WHERE_CLAIM,
    },
  };
}

function readHost(text: string): string {
  const url = URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : undefined;
  if (url !== undefined && [url.host, authorityOf(url)].includes(text.toLowerCase())) return authorityOf(url);
  throw new RangeError(
    `OIDC_HOSTS has "${text}", but must have hosts such as tokens.example.com or id.example.com:8443`,
  );
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Codes and tokens travel by it, so it needs TLS, but on this machine. */
function safeUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:" && LOOPBACK.includes(url.hostname)) return url;
  throw new RangeError(`${name} is "${text}", but must be an address such as https://storewatch.example.com`);
}

/** `ops=manage,board=read`: the scope that each role of the provider gives. */
function readRoles(text: string): Record<string, Scope> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [role = "", scope = ""] = pair.split("=").map((part) => part.trim());
      if (role !== "" && isScope(scope)) return [role, scope];
      throw new RangeError(`OIDC_ROLES has "${pair}", but must have roles and scopes such as ops=manage,board=read`);
    }),
  );
}
