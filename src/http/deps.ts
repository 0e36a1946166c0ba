import type { Context } from "hono";
import type { RequestIdVariables } from "hono/request-id";
import type { Sql } from "../db/connection/client.ts";
import type { Queue } from "../db/reports/queue.ts";
import type { ReportEvents } from "../db/reports/events.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import type { RenderFile } from "../report/result/rendered_file.ts";
import type { VerifyDeps } from "../report/verify/verify_report.ts";
import type { FleetStates } from "../states/fleet_states.ts";
import type { Log } from "../log.ts";
import type { TagFilter } from "../domain/tags/tag_filter.ts";
import type { Principal } from "../domain/access/principal.ts";
import type { AccessSettings } from "./access/guard.ts";
import type { OpenCounts, OpenLimits } from "./guard/open_counts.ts";
import type { AllowedHosts } from "./guard/allowed_hosts.ts";
import type { Metrics } from "./service/metrics.ts";

/** What the service needs. It does not open or close any of this. */
export interface AppDeps {
  readonly sql: Sql;
  /** Connections for live polls; those of `sql` if not given. */
  readonly feed?: Sql;
  readonly queue: Queue;
  readonly events: ReportEvents;
  readonly log: Log;
  readonly reportsFolder: string;
  readonly version: string;
  readonly zoneRules: ZoneRules;
  /** Renders files of reports; in this thread if not given. */
  readonly render?: RenderFile;
  /** The states of stores; by default they are looked up at each question. */
  readonly states?: FleetStates;
  /** How far ahead of the clock a poll may be, as an ISO 8601 duration. */
  readonly maxPollAhead?: string;
  /** What computes a report again; this thread, one chunk after the other, if not given. */
  readonly computing?: Computing;
  readonly limits?: Partial<Limits>;
  /** How requests show where they come from. By default they need a key once there is one. */
  readonly access?: Partial<AccessSettings>;
  /** Closes what is opened for keys that see some stores. */
  readonly opened?: AsyncDisposableStack;
  /** The hosts that requests may name; localhost and 127.0.0.1 if not given. */
  readonly hosts?: AllowedHosts;
  /** Other origins whose pages may call the interface; none if not given. */
  readonly allowedOrigins?: readonly string[];
}

/** What computes chunks, and how many at a time. */
export type Computing = Pick<VerifyDeps, "compute" | "concurrency" | "chunkSize">;

export interface Limits {
  /** Reports that may wait in the queue. Beyond that the answer is 429. */
  readonly waitingReports: number;
  /** Files that may be loaded at a time, since each holds a connection; more are answered with 429. */
  readonly imports: number;
  /** Reports that may be verified at a time, since each keeps workers busy; more are answered with 429. */
  readonly verifications: number;
  /** Bytes of a JSON body. Files and newline-delimited JSON have no limit. */
  readonly jsonBytes: number;
  /** How long a body may pause. */
  readonly bodyPauseMs: number;
  /** Bytes a second that a body must bring on average, beyond such a pause. 0: a body may be as slow as it likes. */
  readonly bodyBytesPerSecond: number;
  /** Event streams that may be open at a time. */
  readonly streams: OpenLimits;
}

export const DEFAULT_LIMITS: Limits = {
  waitingReports: 1_000,
  imports: 4,
  verifications: 2,
  jsonBytes: 16 * 1024 * 1024,
  bodyPauseMs: 60_000,
  bodyBytesPerSecond: 1_024,
  streams: { each: 100, all: 2_000 },
};

/** What every group of routes is given. */
export interface HttpDeps extends
  Omit<
    AppDeps,
    "limits" | "computing" | "feed" | "hosts" | "allowedOrigins" | "states" | "render" | "access" | "opened"
  > {
  readonly feed: Sql;
  readonly render: RenderFile;
  readonly states: FleetStates;
  readonly computing: Computing;
  readonly limits: Limits;
  /** The client that limits count a request for: a key, a person or an address. Undefined: only limits for all clients hold. */
  readonly clientOf: (c: Context<HttpEnv>) => string | undefined;
  readonly streams: OpenCounts;
  readonly metrics: Metrics;
  /** Connections that show all stores, for work that checks each store itself. `feed` shows all of them, too. */
  readonly whole: Sql;
  /** The stores that `sql` and `states` show. Undefined: all stores. */
  readonly where: TagFilter | undefined;
}

/** What middlewares leave for handlers. */
export interface HttpEnv {
  Bindings: {
    /** The address that the connection comes from, if there is one. */
    readonly peer?: string;
    /** What the door found out, on the way to the routes for those who see some stores. */
    readonly handedOver?: { readonly requestId: string; readonly principal: Principal };
  };
  Variables: RequestIdVariables & {
    /** The key or person that the request comes from; not on paths that need nothing. */
    principal?: Principal;
    /** A JSON body that the handler parses. */
    jsonText?: string;
    /** How many members of the body were left out, because no parameter has their names. */
    omittedMembers?: number;
    /** A large file is being made, which may take longer than the database may. */
    isRendering?: boolean;
  };
}
