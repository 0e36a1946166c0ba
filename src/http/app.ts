import { OpenAPIHono } from "@hono/zod-openapi";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { answerInTime } from "./answer_in_time.ts";
import { AllowedHosts } from "./allowed_hosts.ts";
import { allowOrigins } from "./allow_origins.ts";
import { checkHost } from "./check_host.ts";
import { compressed } from "./compressed.ts";
import { refuseCrossOrigin } from "./cross_origin.ts";
import { type AppDeps, DEFAULT_LIMITS, type HttpDeps, type HttpEnv } from "./deps.ts";
import { docs } from "./docs.ts";
import { getReport } from "./get_report.ts";
import { health } from "./health.ts";
import { imports } from "./imports.ts";
import { createMetrics } from "./metrics.ts";
import { metricsRoute } from "./metrics_route.ts";
import { noSuchPath } from "./no_such_path.ts";
import { pagesFor } from "./pages.ts";
import { polls } from "./polls.ts";
import { problemResponse, toProblem } from "./problem.ts";
import { reportEvents } from "./report_events.ts";
import { reportFiles } from "./report_files.ts";
import { reports } from "./reports.ts";
import { requestLog } from "./request_log.ts";
import { routeName } from "./route_name.ts";
import { serviceRoot } from "./service_root.ts";
import { stores } from "./stores.ts";
import { storeTimelines } from "./timeline.ts";
import { triggerReport } from "./trigger_report.ts";
import { refuseInvalid } from "./validation.ts";

const LOOPBACK = { host: "127.0.0.1", allowedHosts: [] };

/** The whole HTTP interface. Nothing is opened, started or read before a request comes. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function createApp({ hosts = new AllowedHosts(LOOPBACK), allowedOrigins = [], ...given }: AppDeps) {
  const deps: HttpDeps = {
    ...given,
    feed: given.feed ?? given.sql,
    limits: { ...DEFAULT_LIMITS, ...given.limits },
    metrics: createMetrics(given),
  };
  const pages = pagesFor(deps);
  const app = new OpenAPIHono<HttpEnv>({ strict: false, defaultHook: refuseInvalid });
  app.use(
    requestId({ limitLength: 100 }),
    requestLog(deps),
    routeName(),
    secureHeaders({ strictTransportSecurity: false }),
    compressed(),
    // Around the refusals, so that a visitor sees them on a page.
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
    .route("/", imports(deps))
    .route("/", polls(deps))
    .route("/", stores(deps))
    .route("/", storeTimelines(deps))
    .route("/", serviceRoot(deps))
    .route("/", health(deps))
    .route("/", metricsRoute(deps))
    .route("/", docs(app, deps, pages.assets));
}

/** For `hc<App>`, Hono's typed client. */
export type App = ReturnType<typeof createApp>;
