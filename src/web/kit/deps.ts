import type { Context } from "hono";
import type { Sql } from "../../db/connection/client.ts";
import type { Queue } from "../../db/reports/queue.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import type { FleetStates } from "../../states/fleet_states.ts";
import type { Log } from "../../log.ts";

/** What the pages need. */
export interface WebDeps {
  readonly sql: Sql;
  readonly queue: Queue;
  readonly log: Log;
  readonly reportsFolder: string;
  readonly zoneRules: ZoneRules;
  readonly states: FleetStates;
  /** How far ahead of the clock a poll may be, as an ISO 8601 duration. */
  readonly maxPollAhead?: string;
  /** How many reports may be in the queue. */
  readonly waitingReports: number;
  /** Whether the client prefers a page to JSON. */
  wantsPage(c: Context): boolean;
}
