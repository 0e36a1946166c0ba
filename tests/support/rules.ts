import { HOUR } from "../../src/domain/time/interval.ts";
import type { ZoneRules } from "../../src/domain/time/zone_rules.ts";
import { packagePath, readPackage } from "../../src/zone_rules/package.ts";

/** The rules of the package that the project pins. */
export const RULES: ZoneRules = await readPackage(packagePath());

/** Rules of a test's own: other rules, in which some zones change their offset, in hours, at an instant. */
export function changedRules(
  rules: ZoneRules,
  version: string,
  changes: Readonly<Record<string, readonly [at: number, hours: number]>>,
): ZoneRules {
  const zones = new Map(rules.zones);
  for (const [id, [at, hours]] of Object.entries(changes)) {
    const known = rules.zones.get(id.toLowerCase()) ?? { at: new Float64Array(), offsets: Float64Array.of(0) };
    const kept = known.at.filter((change) => change < at).length;
    zones.set(id.toLowerCase(), {
      id,
      at: Float64Array.of(...known.at.slice(0, kept), at),
      offsets: Float64Array.of(...known.offsets.slice(0, kept + 1), hours * HOUR),
    });
  }
  return { version, source: "a test", zones };
}
