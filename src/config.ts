import { isIP } from "node:net";
import { OTHER_VARIABLES, readDatabaseAddress } from "./db/connection/address_settings.ts";
import { readOwnerAddress } from "./db/connection/owner_address.ts";
import type { DatabaseAddress } from "./db/connection/client.ts";
import { hostName } from "./host_name.ts";
import { isPollAhead } from "./domain/polls/poll_limits.ts";
import { secretsIn } from "./secrets.ts";
import { PRESETS, SETTINGS } from "./settings.ts";
import { readSignIn, type SignInSettings } from "./sign_in_settings.ts";

/** Every setting, read once from the environment. */
export interface Config {
  /** Undefined: the embedded Postgres. */
  readonly database: DatabaseAddress | undefined;
  /** How the owner of the tables connects. Undefined: as the service does. */
  readonly owner: DatabaseAddress | undefined;
  /** Where the embedded Postgres keeps its data. */
  readonly dataFolder: string;
  readonly reportsFolder: string;
  readonly workers: number;
  /** Stores per chunk; undefined: chosen for each report by how many stores and workers there are. */
  readonly chunkSize: number | undefined;
  /** How far ahead of the clock a poll may be, as an ISO 8601 duration. */
  readonly maxPollAhead: string;
  /** A folder of compiled zone files, or a data file of them; undefined: the newest rules that are found. */
  readonly zoneRules: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Names by which the service is reached, beside localhost and the address that it listens on; `*` is all. */
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may call the interface, as browsers write them. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks of proxies whose headers say where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** Where people sign in; undefined: with keys alone. */
  readonly signIn: SignInSettings | undefined;
  /** Requests that each key or person may send in a minute. */
  readonly requestsPerMinute: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** All variables that are read here. */
export const VARIABLES: readonly string[] = [...Object.keys(SETTINGS), ...OTHER_VARIABLES];

/**
 * Reads and checks the settings. A variable that is empty counts as not set.
 *
 * @throws {RangeError} naming the variable, its value and what was expected
 */
export function readConfig(environment: Environment = readVariables()): Config {
  const text = (name: string, preset: string) => environment[name] || preset;
  const whole = (name: string, preset: number, range: Range) => wholeNumber(name, text(name, String(preset)), range);
  return Object.freeze({
    database: readDatabaseAddress(environment),
    owner: readOwnerAddress(environment),
    dataFolder: text("STOREWATCH_DATA", PRESETS.STOREWATCH_DATA),
    reportsFolder: text("REPORTS_DIR", PRESETS.REPORTS_DIR),
    workers: whole("WORKERS", navigator.hardwareConcurrency, { least: 1, most: 256 }),
    chunkSize: environment.CHUNK_SIZE ? whole("CHUNK_SIZE", 0, { least: 1, most: 100_000 }) : undefined,
    maxPollAhead: duration("MAX_POLL_AHEAD", text("MAX_POLL_AHEAD", PRESETS.MAX_POLL_AHEAD)),
    zoneRules: environment.ZONE_RULES || undefined,
    host: text("HOST", PRESETS.HOST),
    port: whole("PORT", PRESETS.PORT, { least: 0, most: 65_535 }),
    allowedHosts: list(environment.ALLOWED_HOSTS).map(allowedHost),
    allowedOrigins: list(environment.ALLOWED_ORIGINS).map(allowedOrigin),
    trustedProxies: list(environment.TRUSTED_PROXIES).map(trustedProxy),
    signIn: readSignIn(environment),
    requestsPerMinute: whole("RATE_LIMIT", PRESETS.RATE_LIMIT, { least: 1, most: 10_000_000 }),
  });
}

/** A process may not read variables of other programs. */
export function readVariables(): Environment {
  return Object.fromEntries(VARIABLES.map((name) => [name, Deno.env.get(name)]));
}

/** The secrets among the variables. A command that may not read variables knows none. */
export function readSecrets(): string[] {
  try {
    return secretsIn(readVariables());
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return [];
    throw error;
  }
}

/** An ISO 8601 duration. */
function duration(name: string, value: string): string {
  if (isPollAhead(value)) return value;
  throw new RangeError(
    `${name} is "${value}", but must be an ISO 8601 duration of at most 100 years, such as P1D or PT2H`,
  );
}

interface Range {
  readonly least: number;
  readonly most: number;
}

function wholeNumber(name: string, value: string, { least, most }: Range): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= least && number <= most) return number;
  throw new RangeError(`${name} is "${value}", but must be a whole number from ${least} to ${most}`);
}

/** The parts between commas. */
function list(text = ""): string[] {
  return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
}

function allowedHost(text: string): string {
  if (text === "*" || hostName(text) !== undefined) return text;
  throw new RangeError(`ALLOWED_HOSTS has "${text}", but must have names such as storewatch.example.com, or be *`);
}

function allowedOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  throw new RangeError(`ALLOWED_ORIGINS has "${text}", but must have origins such as http://localhost:3000`);
}

/** An address, or a network as an address and the number of its bits. */
function trustedProxy(text: string): string {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  const isNetwork = bits === undefined || /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
  if (family !== 0 && isNetwork && rest.length === 0) return text;
  throw new RangeError(`TRUSTED_PROXIES has "${text}", but must have addresses such as 10.0.0.7 or 10.0.0.0/8`);
}
