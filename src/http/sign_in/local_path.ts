/** A path of ours, so that nobody can make a link that leads to another site after sign-in. */
export function localPath(next: unknown): string {
  if (typeof next !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return "/";
  const { pathname, search } = new URL(next, "http://localhost");
  // "/.//evil.example" is the path "//evil.example", which browsers take for a host.
  return pathname.startsWith("//") ? "/" : `${pathname}${search}`;
}
