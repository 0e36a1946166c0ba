/** What a process may do, in the words of Deno's flags. An empty list: nothing of that kind. */
export interface Permissions {
  /** Files and folders, with all that is in them. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Hosts with a port, to connect to or to listen on. */
  readonly net: readonly string[];
  /** Names of variables. A `*` at the end stands for any rest. */
  readonly env: readonly string[];
  /** Programs. */
  readonly run: readonly string[];
  readonly sys: readonly string[];
}

export const NOTHING: Permissions = { read: [], write: [], net: [], env: [], run: [], sys: [] };

/** All that any of them allows. */
export function together(...all: readonly Partial<Permissions>[]): Permissions {
  const of = (kind: keyof Permissions) => [...new Set(all.flatMap((each) => each[kind] ?? []))];
  return { read: of("read"), write: of("write"), net: of("net"), env: of("env"), run: of("run"), sys: of("sys") };
}

/** The flags of `deno run`. Nothing else is allowed, and Deno does not ask for more. */
export function permissionFlags(permissions: Permissions): string[] {
  const kinds = ["read", "write", "net", "env", "run", "sys"] as const;
  return ["--no-prompt", "--no-remote", ...kinds.flatMap((kind) => flagOf(kind, permissions[kind]))];
}

function flagOf(kind: keyof Permissions, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`--allow-${kind}=${values.join()}`];
}
