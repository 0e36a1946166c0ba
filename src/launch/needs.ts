import { dirname } from "node:path";
import type { Config } from "../config.ts";
import { type Endpoint, endpointsOf } from "../db/connection/endpoints.ts";
import { authority } from "../host_name.ts";
import { type Permissions, together } from "./permissions.ts";

/** Where the parts of an installation lie. */
export interface Place {
  /** The folder of the project. */
  readonly project: string;
  /** Folders of the embedded Postgres, some of which may not exist yet. */
  readonly embedded: readonly string[];
  /** Where its socket may be. */
  readonly sockets: readonly string[];
  /** Root gives the embedded Postgres to another account, whose id is in this file. */
  readonly isRoot: boolean;
}

export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly config: Config;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Variables that packages look at. Settings are read by name: see `VARIABLES`. */
const OF_PACKAGES = ["PG*", "USER", "USERNAME", "LOGNAME"];

/** What a command with these arguments and settings has to be allowed to do. */
export function needsOf(invocation: Invocation, place: Place): Permissions {
  const { command, args, config, environment } = invocation;
  const paths = pathsIn(args);
  if (command === "sample") return together({ read: paths, write: paths });
  const { zoneRules = "/usr/share/zoneinfo", reportsFolder } = config;
  return together(
    { read: ["src", "workers", "node_modules"].map((name) => `${place.project}/${name}`), env: OF_PACKAGES },
    command === "key" ? {} : { read: [zoneRules, reportsFolder], write: [reportsFolder] },
    databaseNeeds(config, environment, place),
    command === "load" ? { read: paths } : {},
    command === "report" ? copyNeeds(args) : {},
    command === "start" || command === "demo" ? serviceNeeds(config) : {},
  );
}

/** It listens, and asks the provider at which people sign in. */
function serviceNeeds({ host, port, signIn }: Config): Partial<Permissions> {
  return { net: [authority(host, port), ...signIn?.hosts ?? []] };
}

/** Arguments that are not options. Each may name a file: a word that names none does no harm. */
function pathsIn(args: readonly string[]): string[] {
  return args.filter((arg) => arg !== "" && !arg.startsWith("-"));
}

/** The copy of a report is written beside its place, and then put there. */
function copyNeeds(args: readonly string[]): Partial<Permissions> {
  const next = args[args.indexOf("--out") + 1];
  const inline = args.find((arg) => arg.startsWith("--out="))?.slice("--out=".length);
  const path = inline ?? (args.includes("--out") ? next : undefined);
  return path === undefined ? {} : { read: [dirname(path)], write: [dirname(path)] };
}

function databaseNeeds(
  { database, owner = database }: Config,
  environment: Invocation["environment"],
  place: Place,
): Partial<Permissions> {
  if (database === undefined) return embeddedNeeds(place);
  const endpoints = [...endpointsOf(database), ...owner === undefined ? [] : endpointsOf(owner)];
  return together(...endpoints.map(endpointNeeds), { read: rootCertificates(environment) });
}

function endpointNeeds(endpoint: Endpoint): Partial<Permissions> {
  if ("socket" in endpoint) return socketNeeds(endpoint.socket);
  return { net: [authority(endpoint.host, endpoint.port)] };
}

function socketNeeds(path: string): Partial<Permissions> {
  return { read: [path], write: [path], net: [`unix:${path}`] };
}

/** Where the trusted roots of Postgres may lie, as `address_settings.ts` looks for them. */
function rootCertificates(environment: Invocation["environment"]): string[] {
  const { DATABASE_URL = "", MIGRATE_DATABASE_URL = "", PGSSLROOTCERT = "", HOME } = environment;
  const inUrls = [DATABASE_URL, MIGRATE_DATABASE_URL].map((url) =>
    URL.canParse(url) ? new URL(url).searchParams.get("sslrootcert") ?? "" : ""
  );
  const own = HOME ? `${HOME}/.postgresql/root.crt` : "";
  return [...inUrls, PGSSLROOTCERT, own].filter((path) => path !== "" && path !== "system");
}

/** The service gives up what only the start of Postgres needs: see `drop_start_rights.ts`. */
function embeddedNeeds({ embedded, sockets, isRoot }: Place): Partial<Permissions> {
  const start = { run: ["sh"], sys: ["uid", "systemMemoryInfo"], env: ["PATH"] };
  const accounts = { read: isRoot ? ["/etc/passwd"] : [] };
  return together({ read: embedded, write: embedded }, ...sockets.map(socketNeeds), start, accounts);
}
