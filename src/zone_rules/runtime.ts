import { Temporal } from "temporal-polyfill";
import type { Micros } from "../domain/time/interval.ts";
import {
  type OffsetChange,
  RULES_END,
  type ZoneChanges,
  zoneChanges,
  type ZoneRule,
  type ZoneRules,
} from "../domain/time/zone_rules.ts";

/** A change that came with a release: the zone, an instant, and the offset in hours that holds then since the release. */
type Probe = readonly [release: string, zone: string, at: string, hours: number];

/** Releases with what they changed first, oldest first. 2024b and 2025c changed past times only. */
export const PROBES: readonly Probe[] = [
  ["2023d", "America/Scoresbysund", "2024-07-01T00:00:00Z", -1],
  ["2024a", "Asia/Almaty", "2024-04-01T00:00:00Z", 5],
  ["2024b", "Asia/Choibalsan", "2000-01-15T00:00:00Z", 8],
  ["2025a", "America/Asuncion", "2025-07-01T00:00:00Z", -3],
  ["2025b", "America/Coyhaique", "2025-07-01T00:00:00Z", -3],
  ["2025c", "America/Tijuana", "1965-07-01T00:00:00Z", -7],
  ["2026a", "Europe/Chisinau", "2025-03-30T00:30:00Z", 2],
  ["2026b", "America/Vancouver", "2026-12-01T00:00:00Z", -7],
  ["2026c", "America/Edmonton", "2026-12-01T00:00:00Z", -6],
  ["2026d", "America/Inuvik", "2026-12-01T00:00:00Z", -6],
  ["2026e", "America/Winnipeg", "2026-12-01T00:00:00Z", -5],
  ["2026f", "America/Havana", "2026-12-01T00:00:00Z", -4],
];

/** The hours that a zone is ahead of UTC at an instant; undefined if the zone does not exist. */
export type HoursAhead = (zone: string, at: string) => number | undefined;

/**
 * The newest release whose changes are really there, and those of all releases before it.
 *
 * @returns undefined if even the oldest known ones are missing
 */
export function releaseOf(hoursAhead: HoursAhead): string | undefined {
  const missing = PROBES.findIndex(([, zone, at, hours]) => hoursAhead(zone, at) !== hours);
  return (missing === -1 ? PROBES.at(-1) : PROBES[missing - 1])?.[0];
}

/** The release of this runtime's own rules, whatever it claims: Deno 2.9.6 says 2026b and has the rules of 2025b. */
export function runtimeRelease(): string | undefined {
  return releaseOf((zone, at) => {
    const local = localTime(zone, Temporal.Instant.from(at).epochMilliseconds);
    return local === undefined ? undefined : local.offsetNanoseconds / 3.6e12;
  });
}

/** Reads the runtime's own rules, of the zones with the given names that it knows. */
export function readRuntime(names: Iterable<string>): ZoneRules {
  const zones = new Map<string, ZoneRule>();
  for (const name of names) {
    const start = localTime(name, FIRST);
    if (start !== undefined) zones.set(name.toLowerCase(), { id: start.timeZoneId, ...changesFrom(start) });
  }
  return { version: runtimeRelease() ?? "unknown", source: "the runtime", zones };
}

const FIRST = Date.UTC(1800, 0, 1);

function changesFrom(start: Temporal.ZonedDateTime): ZoneChanges {
  const changes: OffsetChange[] = [];
  let next = start.getTimeZoneTransition("next");
  while (next !== null && next.epochMilliseconds * 1000 < RULES_END) {
    changes.push({ at: next.epochMilliseconds * 1000, offset: offsetOf(next) });
    next = next.getTimeZoneTransition("next");
  }
  return zoneChanges(offsetOf(start), changes);
}

function offsetOf({ offsetNanoseconds }: Temporal.ZonedDateTime): Micros {
  return offsetNanoseconds / 1000;
}

function localTime(zone: string, epochMilliseconds: number): Temporal.ZonedDateTime | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(zone);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
