/** What only the start of the embedded Postgres needs. */
const START_RIGHTS: readonly Deno.PermissionDescriptor[] = [
  { name: "run", command: "sh" },
  { name: "read", path: "/etc/passwd" },
  { name: "sys", kind: "uid" },
  { name: "sys", kind: "systemMemoryInfo" },
  { name: "env", variable: "PATH" },
];

/** Gives up for good what this process needed to start. From now on it runs no program. */
export async function dropStartRights(): Promise<void> {
  for (const right of START_RIGHTS) await Deno.permissions.revoke(right);
}
