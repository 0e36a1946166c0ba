import { OpenAPIHono } from "@hono/zod-openapi";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { handedOver, throwOn } from "./access/handed_over.ts";
import { type World, Worlds } from "./access/worlds.ts";
import { openSeen } from "../db/access/seen.ts";
import { close } from "../db/connection/client.ts";
import type { TagFilter } from "../domain/tags/tag_filter.ts";
import { door } from "./access/door.ts";
import { DEFAULT_ACCESS, Guard } from "./access/guard.ts";
import { RouteNeeds } from "./access/route_needs.ts";
import { AccessLimits } from "./access/limits.ts";
import { refuser } from "./access/refuse.ts";
import { Provider } from "./sign_in/provider.ts";
import { providerSignIn } from "./sign_in/provider_sign_in.ts";
import { Proxies } from "./access/peer.ts";
import { signInRoutes } from "./sign_in/sign_in.ts";
import { visitor } from "../web/access/visitor.ts";
import { answerInTime } from "./guard/answer_in_time.ts";
import { AllowedHosts } from "./guard/allowed_hosts.ts";
import { allowOrigins } from "./guard/allow_origins.ts";
import { checkHost } from "./guard/check_host.ts";
import { clientBy } from "./guard/client.ts";
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
import { type Pages, pagesFor } from "./pages.ts";
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

/** A filter's states are not renewed in the background. */
const SEEN_STATES_FRESH_MS = 1_000;

const LOOPBACK = { host: "127.0.0.1", allowedHosts: [] };

/** The whole HTTP interface. Nothing is opened, started or read before a request comes. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from the routes
export function createApp(
  { hosts = new AllowedHosts(LOOPBACK), allowedOrigins = [], access = {}, opened, ...given }: AppDeps,
) {
  const settings = { ...DEFAULT_ACCESS, ...access };
  const proxies = new Proxies(settings.trustedProxies);
  const limits = { ...DEFAULT_LIMITS, ...given.limits };
  const streams = new OpenCounts(limits.streams);
  const deps: HttpDeps = {
    ...given,
    clientOf: clientBy(proxies),
    feed: given.feed ?? given.sql,
    states: given.states ?? new FleetStates(given),
    render: given.render ?? renderFile,
    computing: given.computing ?? computingHere(given),
    limits,
    streams,
    metrics: createMetrics({ ...given, streams }),
    whole: given.sql,
    where: undefined,
  };
  const worlds = new Worlds((where) => seenBy(where, deps, opened));
  const guard = new Guard(deps.sql, settings);
  const accessLimits = new AccessLimits(deps.sql, { proxies, perMinute: settings.requestsPerMinute });
  const refuse = refuser(deps, { limits: accessLimits, proxies });
  const pages = pagesFor(deps);
  const app = new OpenAPIHono<HttpEnv>({ strict: false, defaultHook: refuseInvalid });
  app.use(
    requestId({ limitLength: 100 }),
    requestLog(deps),
    routeName(),
    secureHeaders({ strictTransportSecurity: false }),
    compressed(),
    (_, next) => visitor.run({ isInsecure: guard.isInsecure }, next),
    // Outside the checks that refuse requests, so that visitors see a refusal as a page.
    pages.problems,
    checkHost(hosts),
    allowOrigins(allowedOrigins),
    refuseCrossOrigin(allowedOrigins),
    answerInTime(deps),
    door({ ...deps, guard, worlds, limits: accessLimits, refuse, needs: new RouteNeeds(app) }),
  );
  app.onError((error, c) => problemResponse(c, toProblem(error)));
  app.notFound(noSuchPath(app));
  const entry = { proxies, refuse, assets: pages.assets };
  app.route("/", signInRoutes(deps, { ...entry, guard, hasProvider: settings.signIn !== undefined }));
  if (settings.signIn !== undefined) {
    const { claims, ...provider } = settings.signIn;
    app.route("/", providerSignIn(deps, { ...entry, claims, provider: new Provider(provider) }));
  }
  return addRoutes(app, deps, pages);
}

/** The same routes for those who see some stores: all that they read and change goes through a pool that shows nothing else. */
function seenBy(where: TagFilter, all: HttpDeps, opened: AsyncDisposableStack | undefined): World {
  const sql = openSeen(all.sql, where);
  opened?.defer(() => close(sql));
  const deps = { ...all, sql, where, states: new FleetStates({ ...all, sql }, SEEN_STATES_FRESH_MS) };
  const app = new OpenAPIHono<HttpEnv>({ strict: false, defaultHook: refuseInvalid });
  app.use(handedOver());
  app.onError(throwOn);
  app.notFound(noSuchPath(app));
  return addRoutes(app, deps, pagesFor(deps));
}

function addRoutes(app: OpenAPIHono<HttpEnv>, deps: HttpDeps, pages: Pages) {
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
