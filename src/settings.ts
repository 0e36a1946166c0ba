import { ROLE_CLAIM, WHERE_CLAIM } from "./sign_in_settings.ts";
import { DEFAULT_POLL_AHEAD } from "./domain/polls/poll_limits.ts";

/** A setting that comes from the environment. The texts are Markdown, for `docs/settings.md`. */
interface Setting {
  readonly what: string;
  /** What holds if the variable is not set. */
  readonly otherwise: string;
}

/** The values of settings that are not set. */
export const PRESETS = {
  STOREWATCH_DATA: ".storewatch",
  REPORTS_DIR: "reports",
  MAX_POLL_AHEAD: DEFAULT_POLL_AHEAD,
  HOST: "127.0.0.1",
  PORT: 8000,
  RATE_LIMIT: 6000,
} as const;

/** Every variable that Storewatch reads, in the order in which the documentation lists them. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  DATABASE_URL: {
    what: "The address of a Postgres (15 to 18): `postgres://user:password@host:port/database`",
    otherwise: "`PGHOST`; without both, the embedded Postgres",
  },
  MIGRATE_DATABASE_URL: {
    what:
      "The address of the same database for the owner of its tables. The role of `DATABASE_URL` then gets only the " +
      "rights that a service needs: see [roles](#roles)",
    otherwise: "One role does both",
  },
  PGHOST: { what: "The host of a Postgres, or the folder of its socket", otherwise: "The embedded Postgres" },
  PGPORT: { what: "Its port", otherwise: "`5432`" },
  PGUSER: { what: "The role", otherwise: "The name of your account" },
  PGPASSWORD: { what: "The role's password", otherwise: "None" },
  PGDATABASE: { what: "The database", otherwise: "The name of the role" },
  PGSSLMODE: {
    what: "How connections are encrypted and the server is checked, as in `psql`: `disable`, `prefer`, `require`, " +
      "`verify-ca`, `verify-full`. In the URL: `sslmode`",
    otherwise: "`disable`",
  },
  PGSSLROOTCERT: {
    what: "A file with trusted root certificates (PEM), or `system` for the roots that Deno trusts. In the URL: " +
      "`sslrootcert`",
    otherwise: "`~/.postgresql/root.crt` if it exists, else the roots that Deno trusts",
  },
  PGCONNECT_TIMEOUT: {
    what: "After how many seconds a connection attempt fails. In the URL: `connect_timeout`",
    otherwise: "`5`",
  },
  STOREWATCH_DATA: { what: "The folder of the embedded Postgres", otherwise: preset("STOREWATCH_DATA") },
  REPORTS_DIR: { what: "The folder of the reports", otherwise: preset("REPORTS_DIR") },
  WORKERS: { what: "How many threads compute chunks, 1 to 256", otherwise: "The number of cores" },
  CHUNK_SIZE: {
    what:
      "How many stores a chunk has at most. Fewer if they have more than some 3 million polls in the windows of a report",
    otherwise: "Chosen by stores and workers, at most 1,000",
  },
  ZONE_RULES: {
    what: "The zone rules: a folder of compiled zone files, or a data file of `moment-timezone`",
    otherwise: "The newest rules that Storewatch finds",
  },
  MAX_POLL_AHEAD: {
    what: "How far after the server's clock a poll may be, as an ISO 8601 duration of at most 100 years",
    otherwise: preset("MAX_POLL_AHEAD"),
  },
  HOST: { what: "The address that the service listens on", otherwise: preset("HOST") },
  PORT: { what: "The port that the service listens on. `0` takes a free one", otherwise: preset("PORT") },
  ALLOWED_HOSTS: {
    what: "Names by which clients reach the service, separated by commas, with any port. `*` allows all names",
    otherwise: "`localhost` and the addresses that the service listens on",
  },
  TRUSTED_PROXIES: {
    what:
      "Addresses and networks of proxies, separated by commas: `10.0.0.7,192.168.0.0/16`. Their `X-Forwarded-For` and " +
      "`X-Forwarded-Proto` say where a request comes from",
    otherwise: "None: such headers do not count",
  },
  RATE_LIMIT: { what: "How many requests each key or person may send in a minute", otherwise: preset("RATE_LIMIT") },
  OIDC_ISSUER: { what: "The provider at which people sign in (OpenID Connect)", otherwise: "People sign in with keys" },
  OIDC_HOSTS: {
    what:
      "Other hosts of the provider, separated by commas, if it gives tokens elsewhere: `oauth2.googleapis.com`. The " +
      "service reaches no others",
    otherwise: "The host of `OIDC_ISSUER` alone",
  },
  OIDC_CLIENT_ID: { what: "The id of Storewatch there", otherwise: "Must be set beside `OIDC_ISSUER`" },
  OIDC_CLIENT_SECRET: { what: "Its secret", otherwise: "A public client" },
  PUBLIC_URL: {
    what: "The address of Storewatch, as browsers know it. The provider sends people back to `/sign-in/return` there",
    otherwise: "Must be set beside `OIDC_ISSUER`",
  },
  OIDC_ROLE_CLAIM: { what: "The claim with a person's roles", otherwise: `\`${ROLE_CLAIM}\`` },
  OIDC_ROLES: {
    what: "The scope that each role gives: `ops=manage,board=read`",
    otherwise: "A role is the name of a scope; others do not count",
  },
  OIDC_WHERE_CLAIM: {
    what: "The claim with the stores that a person sees: `region:West`. A person without it sees all stores",
    otherwise: `\`${WHERE_CLAIM}\``,
  },
  ALLOWED_ORIGINS: {
    what: "Origins whose pages may call the interface (CORS), separated by commas: `http://localhost:3000`",
    otherwise: "None",
  },
};

function preset(name: keyof typeof PRESETS): string {
  return `\`${PRESETS[name]}\``;
}
