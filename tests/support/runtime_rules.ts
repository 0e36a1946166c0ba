import { openTimezone, type Timezone } from "../../src/domain/time/timezone.ts";
import type { ZoneRule, ZoneRules } from "../../src/domain/time/zone_rules.ts";
import { readRuntime } from "../../src/zone_rules/runtime.ts";

/** The runtime's own rules, a zone when it is asked for. */
class RuntimeZones extends Map<string, ZoneRule> {
  override get(name: string): ZoneRule | undefined {
    const found = super.get(name) ?? readRuntime([name]).zones.get(name);
    if (found !== undefined) this.set(name, found);
    return found;
  }
}

/** For tests that compare with Temporal or Intl: what differs then is not the rules. */
export const RUNTIME_RULES: ZoneRules = { version: "runtime", source: "the runtime", zones: new RuntimeZones() };

/** A zone by the runtime's own rules. */
export function zoneOf(name: string): Timezone {
  return openTimezone(name, RUNTIME_RULES);
}
