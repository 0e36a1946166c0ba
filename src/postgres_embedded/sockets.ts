import { sha256 } from "./sha256.ts";

/** The path of a socket has at most 103 bytes on macOS, 107 on Linux. The name in the folder takes 15 of them. */
const MOST_BYTES = 103 - "/.s.PGSQL.5432".length;

/**
 * Where the socket of a home lies. The path follows from the home alone, so that a process can be given the right to use it before
 * Postgres runs. It lies in the home, which only its owner can enter, or below `/tmp` if the home's path does not do or is below `/dev`.
 *
 * @param uid the account that Postgres runs as
 */
export async function socketFolder(home: string, uid: number): Promise<string> {
  return fitsSocket(home) && !isBelowDev(home)
    ? inside(home)
    : `/tmp/storewatch-${uid}/${(await sha256(home)).slice(0, 16)}`;
}

/** Whether a socket can lie in a home: its path may not be too long, and a comma would divide it for Deno. */
export function fitsSocket(home: string): boolean {
  return !home.includes(",") && new TextEncoder().encode(inside(home)).length <= MOST_BYTES;
}

/** Deno connects to no socket there without all permissions. */
function isBelowDev(home: string): boolean {
  return home.startsWith("/dev/");
}

function inside(home: string): string {
  return `${home}/socket`;
}
