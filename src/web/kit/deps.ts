import type { Context } from "hono";
import type { Sql } from "../../db/connection/client.ts";
import type { Queue } from "../../db/reports/queue.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import type { Log } from "../../log.ts";

/** What the pages stand on. */
export interface WebDeps {
  readonly sql: Sql;
  readonly queue: Queue;
  readonly log: Log;
  readonly reportsFolder: string;
  readonly zoneRules: ZoneRules;
  /** How far ahead of the clock a poll may be, as an ISO 8601 duration. */
  readonly maxPollAhead?: string;
  /** Reports that may wait to be begun. */
  readonly waitingReports: number;
  /** Whether a request would rather have a page than JSON, where there is both. */
  wantsPage(c: Context): boolean;
}
