import type { Config } from "../config.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { openZoneRules } from "../zone_rules/open_zone_rules.ts";
import { type Database, openDatabase } from "./database.ts";

/** What commands need that read local times. */
export interface Ground extends Database {
  readonly zoneRules: ZoneRules;
  /** How far ahead of the clock a poll may be. */
  readonly maxPollAhead: string;
}

/**
 * Reads the zone rules, then opens the database.
 *
 * @throws {Error} if the rules or the database cannot be opened
 */
export async function openGround(config: Config): Promise<Ground> {
  const zoneRules = await openZoneRules(config.zoneRules);
  return { ...await openDatabase(config), zoneRules, maxPollAhead: config.maxPollAhead };
}
