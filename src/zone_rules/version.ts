/**
 * Checks the name of a release, such as `2026f`.
 *
 * @throws {Error} naming where it was read
 */
export function checkVersion(version: unknown, where: string): string {
  if (typeof version === "string" && /^[\w.+-]{1,40}$/.test(version)) return version;
  throw new Error(`${where} does not name a release of the zone rules such as 2026f`);
}
