import type { Context } from "hono";
import type { Sql } from "../db/client.ts";
import type { Queue } from "../db/queue.ts";
import type { ZoneRules } from "../domain/zone_rules.ts";
import type { Log } from "../log.ts";

/** What the pages stand on. */
export interface WebDeps {
  readonly sql: Sql;
  readonly queue: Queue;
  readonly log: Log;
  readonly reportsFolder: string;
  readonly rules: ZoneRules;
  /** Reports that may wait to be begun. */
  readonly waitingReports: number;
  /** Whether a request would rather have a page than JSON, where there is both. */
  wantsPage(c: Context): boolean;
}
