import { OpenAPIHono } from "@hono/zod-openapi";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { answerInTime } from "./guard/answer_in_time.ts";
import { AllowedHosts } from "./guard/allowed_hosts.ts";
import { allowOrigins } from "./guard/allow_origins.ts";
import { checkHost } from "./guard/check_host.ts";
import { clientOf } from "./guard/client.ts";
import { OpenCounts } from "./guard/open_counts.ts";
import { compressed } from "./answers/compressed.ts";
import { refuseCrossOrigin } from "./guard/cross_origin.ts";
import { type AppDeps, type Computing, DEFAULT_LIMITS, type HttpDeps, type HttpEnv } from "./deps.ts";
import { docs } from "./service/docs.ts";
import { getReport } from "./reports/get_report.ts";
import { health } from "./service/health.ts";
import { imports } from "./data/imports.ts";
import { createMetrics } from "./service/metrics.ts";
import { metricsRoute } from "./service/metrics_route.ts";
import { noSuchPath } from "./kit/no_such_path.ts";
import { pagesFor } from "./pages.ts";
import { polls } from "./data/polls.ts";
import { problemResponse } from "./kit/problem.ts";
import { toProblem } from "./kit/to_problem.ts";
import { reportEvents } from "./reports/events.ts";
import { reportFiles } from "./reports/files.ts";
import { reportRows } from "./reports/rows.ts";
import { reportTotals } from "./reports/totals.ts";
import { renderings } from "./reports/renderings.ts";
import { chunkComputer } from "../report/compute_chunk.ts";
import { verification } from "./reports/verify.ts";
import { reports } from "./reports/reports.ts";
import { requestLog } from "./service/request_log.ts";
import { routeName } from "./service/route_name.ts";
import { serviceRoot } from "./service/service_root.ts";
import { renderFile } from "../report/result/rendered_file.ts";
import { FleetStates } from "../states/fleet_states.ts";
import { exclusionList } from "./calendars/exclusion_list.ts";
import { exclusions } from "./calendars/exclusions.ts";
import { storeHours } from "./calendars/hours.ts";
import { specialHours } from "./calendars/special_hours.ts";
import { audit } from "./service/audit.ts";
import { changeStores } from "./stores/change_store.ts";
import { stores } from "./stores/stores.ts";
import { storeTimelines } from "./stores/timeline.ts";
import { triggerReport } from "./reports/trigger_report.ts";
import { refuseInvalid } from "./kit/validation.ts";

const LOOPBACK = { host: "127.0.0.1", allowedHosts: [] };

/** The whole HTTP interface. Nothing is opened, started or read before a request comes. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function createApp({ hosts = new AllowedHosts(LOOPBACK), allowedOrigins = [], ...given }: AppDeps) {
  const limits = { ...DEFAULT_LIMITS, ...given.limits };
  const streams = new OpenCounts(limits.streams);
  const deps: HttpDeps = {
    clientOf,
    ...given,
    feed: given.feed ?? given.sql,
    states: given.states ?? new FleetStates(given),
    render: given.render ?? renderFile,
    computing: given.computing ?? computingHere(given),
    limits,
    streams,
    metrics: createMetrics({ ...given, streams }),
  };
  const pages = pagesFor(deps);
  const app = new OpenAPIHono<HttpEnv>({ strict: false, defaultHook: refuseInvalid });
  app.use(
    requestId({ limitLength: 100 }),
    requestLog(deps),
    routeName(),
    secureHeaders({ strictTransportSecurity: false }),
    compressed(),
    // Outside the checks that refuse requests, so that visitors see a refusal as a page.
    pages.problems,
    checkHost(hosts),
    allowOrigins(allowedOrigins),
    refuseCrossOrigin(allowedOrigins),
    answerInTime(deps),
  );
  app.onError((error, c) => problemResponse(c, toProblem(error)));
  app.notFound(noSuchPath(app));
  return app
    .route("/", pages.routes)
    .route("/", triggerReport(deps))
    .route("/", getReport(deps))
    .route("/", reports(deps))
    .route("/", reportEvents(deps))
    .route("/", reportFiles(deps))
    .route("/", reportRows(deps))
    .route("/", reportTotals(deps))
    .route("/", renderings(deps))
    .route("/", verification(deps))
    .route("/", imports(deps))
    .route("/", polls(deps))
    .route("/", stores(deps))
    .route("/", storeTimelines(deps))
    .route("/", changeStores(deps))
    .route("/", storeHours(deps))
    .route("/", specialHours(deps))
    .route("/", exclusionList(deps))
    .route("/", exclusions(deps))
    .route("/", audit(deps))
    .route("/", serviceRoot(deps))
    .route("/", health(deps))
    .route("/", metricsRoute(deps))
    .route("/", docs(app, deps, pages.assets));
}

function computingHere({ sql, zoneRules }: AppDeps): Computing {
  return { compute: chunkComputer(sql, 0, zoneRules), concurrency: 1, chunkSize: undefined };
}

/** For `hc<App>`, Hono's typed client. */
export type App = ReturnType<typeof createApp>;
