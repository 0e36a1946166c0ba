import type { DatabaseAddress } from "./client.ts";
import { type Tls, TLS_MODES, type TlsMode } from "./tls.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of Postgres' own clients that would change where or how we connect, and that we cannot follow. */
const UNSUPPORTED = [
  "PGHOSTADDR",
  "PGSERVICE",
  "PGSERVICEFILE",
  "PGPASSFILE",
  "PGOPTIONS",
  "PGREQUIRESSL",
  "PGREQUIREAUTH",
  "PGSSLNEGOTIATION",
  "PGSSLCERT",
  "PGSSLKEY",
  "PGSSLCRL",
  "PGSSLCRLDIR",
  "PGSSLMINPROTOCOLVERSION",
  "PGSSLMAXPROTOCOLVERSION",
];

/** Variables that are read here, beside the settings. */
export const OTHER_VARIABLES = [...UNSUPPORTED, "PGGSSENCMODE", "PGCHANNELBINDING", "HOME"];

/** The same as parts of a URL, and those that a URL names elsewhere. Others go to the server, as `options` does. */
const UNSUPPORTED_IN_URL = [
  ...["host", "hostaddr", "port", "user", "password", "dbname", "passfile", "service", "requiressl", "require_auth"],
  ...["krbsrvname", "sslnegotiation", "sslcompression", "sslcert", "sslkey", "sslcrl"],
  ...["sslcrldir", "sslpassword", "sslcertmode", "sslsni", "ssl_min_protocol_version", "ssl_max_protocol_version"],
  ...["client_encoding", "load_balance_hosts", "keepalives", "keepalives_idle", "tcp_user_timeout"],
];

/**
 * Where Postgres is: `DATABASE_URL`, or else `PGHOST` with its companions, as every Postgres client reads them.
 *
 * @returns undefined if neither is set
 * @throws {RangeError} naming the setting, if it is wrong or cannot be followed
 */
export function readDatabaseAddress(environment: Environment): DatabaseAddress | undefined {
  const { DATABASE_URL: url, PGHOST: host } = environment;
  if (!url && !host) return undefined;
  refuseUnsupported(environment);
  return url ? addressOfUrl(url, environment) : addressOfParts(environment);
}

function refuseUnsupported(environment: Environment): void {
  const name = UNSUPPORTED.find((name) => environment[name]);
  if (name !== undefined) throw new RangeError(`${name} is set, but Storewatch cannot follow it: unset it`);
  for (const name of ["PGGSSENCMODE", "PGCHANNELBINDING"]) refuseRequire(name, environment[name]);
}

/** Without GSS encryption and channel binding we do as `disable` and `prefer` ask. */
function refuseRequire(name: string, value: string | null | undefined): void {
  if (!value || value === "disable" || value === "prefer") return;
  throw new RangeError(`${name} is "${value}", but Storewatch can do only disable and prefer`);
}

function addressOfParts(environment: Environment): DatabaseAddress {
  const { PGHOST: host = "", PGPORT, PGUSER, PGPASSWORD, PGDATABASE, PGSSLMODE, PGSSLROOTCERT } = environment;
  const tls = readTls({ name: "PGSSLMODE", mode: PGSSLMODE, roots: PGSSLROOTCERT }, environment);
  return {
    host,
    ...(PGPORT ? { port: wholeNumber("PGPORT", PGPORT, [1, 65_535]) } : {}),
    ...(PGUSER ? { user: PGUSER } : {}),
    ...(PGPASSWORD ? { password: PGPASSWORD } : {}),
    ...(PGDATABASE ? { database: PGDATABASE } : {}),
    ...connectTimeout("PGCONNECT_TIMEOUT", environment.PGCONNECT_TIMEOUT),
    ...(tls ? { tls } : {}),
  };
}

function wholeNumber(name: string, text: string, [least, most]: readonly [number, number]): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new RangeError(`${name} is "${text}", but must be a whole number from ${least} to ${most}`);
}

/** Seconds; 0 waits for ever. */
function connectTimeout(name: string, text: string | null | undefined): { connectTimeout?: number } {
  return text ? { connectTimeout: wholeNumber(name, text, [0, 86_400]) } : {};
}

/** Parts of a URL that we read ourselves. postgres.js would send them to the server as parameters. */
const OURS = ["ssl", "sslmode", "sslrootcert", "connect_timeout", "gssencmode", "channel_binding"];

function addressOfUrl(text: string, environment: Environment): DatabaseAddress {
  const url = postgresUrl(text);
  const part = (name: string) => url.searchParams.get(name);
  const unsupported = UNSUPPORTED_IN_URL.find((name) => url.searchParams.has(name));
  if (unsupported !== undefined) {
    throw new RangeError(`DATABASE_URL has ${unsupported}=…, which Storewatch cannot follow: take it out of the URL`);
  }
  for (const name of ["gssencmode", "channel_binding"]) refuseRequire(`${name} in DATABASE_URL`, part(name));
  const tls = tlsOfUrl(part, environment);
  const timeout = part("connect_timeout") ?? environment.PGCONNECT_TIMEOUT;
  const isPlain = OURS.every((name) => !url.searchParams.has(name));
  for (const name of OURS) url.searchParams.delete(name);
  return {
    url: isPlain ? text : url.href,
    ...missingParts(url, environment),
    ...connectTimeout("connect_timeout", timeout),
    ...(tls ? { tls } : {}),
  };
}

function missingParts({ hostname, port }: URL, { PGHOST, PGPORT }: Environment): { host?: string; port?: number } {
  return {
    ...hostname === "" && PGHOST ? { host: PGHOST } : {},
    ...port === "" && PGPORT ? { port: wholeNumber("PGPORT", PGPORT, [1, 65_535]) } : {},
  };
}

/** A part that is missing comes from the environment, as with libpq. */
function tlsOfUrl(part: (name: string) => string | null, environment: Environment): Tls | undefined {
  const mode = part("sslmode") ?? part("ssl");
  const roots = part("sslrootcert") ?? environment.PGSSLROOTCERT;
  if (mode !== null) return readTls({ name: "sslmode in DATABASE_URL", mode, roots }, environment);
  return readTls({ name: "PGSSLMODE", mode: environment.PGSSLMODE, roots }, environment);
}

/** The value is not shown if it is wrong: it has a password in it. */
function postgresUrl(text: string): URL {
  const url = URL.canParse(text) && isDecodable(text) ? new URL(text) : undefined;
  if (url !== undefined && /^postgres(ql)?:$/.test(url.protocol)) return url;
  throw new RangeError("DATABASE_URL is not a URL of the form postgres://user:password@host:port/database");
}

/** A `%` that begins no escape would end in an error that names nothing. */
function isDecodable(url: string): boolean {
  try {
    return decodeURIComponent(url) !== "";
  } catch {
    return false;
  }
}

interface TlsSettings {
  /** What to call the mode's setting. */
  readonly name: string;
  readonly mode: string | undefined;
  /** A file, or `system`. */
  readonly roots: string | undefined;
}

/** `true` and `1` are postgres.js' words for what libpq calls `require`. */
const SYNONYMS: Readonly<Record<string, string>> = {
  true: "require",
  "1": "require",
  false: "disable",
  "0": "disable",
};

function readTls({ name, mode: asked, roots: file }: TlsSettings, environment: Environment): Tls | undefined {
  // As with libpq: anybody can get a certificate from a root of the system, so the name has to be compared too.
  const mode = asked || (file === "system" ? "verify-full" : "disable");
  const wanted = SYNONYMS[mode] ?? mode;
  if (wanted === "disable") return undefined;
  const known = TLS_MODES.find((each): each is TlsMode => each === wanted);
  if (known === undefined) {
    throw new RangeError(`${name} is "${asked}", but must be one of disable, ${TLS_MODES.join(", ")}`);
  }
  if (file === "system" && known !== "verify-full") {
    throw new RangeError(`${name} is "${asked}", but must be verify-full beside sslrootcert=system`);
  }
  const roots = file === "system" ? undefined : file ? readRoots(file) : ownRoots(environment);
  return { mode: known, ...(roots === undefined ? {} : { roots }) };
}

function readRoots(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new RangeError(`PGSSLROOTCERT or sslrootcert is "${path}", which cannot be read: ${why}`, { cause });
  }
}

/** Where libpq looks for roots if no setting names them. */
function ownRoots({ HOME }: Environment): string | undefined {
  if (!HOME) return undefined;
  try {
    return Deno.readTextFileSync(`${HOME}/.postgresql/root.crt`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
