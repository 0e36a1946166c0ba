import project from "../../deno.json" with { type: "json" };
import type { Config } from "../config.ts";
import { close, connect } from "../db/connection/client.ts";
import { forgetOldCounts } from "../db/access/rate_limit.ts";
import { openQueue } from "../db/reports/queue.ts";
import { ReportEvents } from "../db/reports/events.ts";
import { failAbandoned, giveUp } from "../db/reports/reports.ts";
import { Proxies } from "../http/access/peer.ts";
import { AllowedHosts } from "../http/guard/allowed_hosts.ts";
import { clientAt } from "../http/guard/client.ts";
import { createApp } from "../http/app.ts";
import { needProtection } from "../http/access/listening.ts";
import { serve } from "../http/serve.ts";
import type { Log } from "../log.ts";
import { makeReport } from "../report/make_report.ts";
import { rehearse } from "../report/rehearsal.ts";
import { FleetStates } from "../states/fleet_states.ts";
import { followStates } from "../states/follow_states.ts";
import { keepTrends } from "../trends/trend_keeper.ts";
import { warnOfUnbelievablePolls } from "./retain/unbelievable_polls.ts";
import { WorkerPool } from "../../workers/pool.ts";
import { renderInWorker } from "../../workers/render.ts";
import type { Ground } from "./ground.ts";
import { makeReportsFolder } from "./report/reports_folder.ts";

const ABANDONED_CHECK_MS = 10_000;
/** Live polls wait while a file of the same stores loads. With their own connections, they delay no other work. */
const FEED_CONNECTIONS = 4;

/** States are renewed in the background, so that a page that is open need not wait for that. */
const STATES_FRESH_MS = 3_000;

const INSECURE =
  "Not protected: started with --insecure, so anybody who can reach the service can read and change everything";

export interface ServiceOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Lets everybody in who can reach the service. */
  readonly isInsecure: boolean;
  /** Gets the address once the service listens. */
  readonly onListen?: (url: string) => void;
}

/** Serves HTTP and makes reports until the signal aborts. */
export async function runService(
  { sql, address, zoneRules }: Ground,
  config: Config,
  { log, signal, isInsecure, onListen }: ServiceOptions,
): Promise<void> {
  await needProtection(sql, config.host, { isInsecure, signIn: config.signIn });
  if (isInsecure) log("warn", INSECURE);
  await makeReportsFolder(config);
  await using opened = new AsyncDisposableStack();
  const pool = opened.use(new WorkerPool({ workers: config.workers, address, zoneRules }));
  const { version } = project;
  const computing = { compute: pool.compute, concurrency: pool.capacity };
  const deps = { sql, ...computing, ...config, tzdata: zoneRules.version, version, log };
  pool.warmUp();
  await warnOfUnbelievablePolls(sql, config.maxPollAhead, log);
  await rehearse(deps, signal);
  const queue = opened.adopt(await openQueue(sql, log), (queue) => queue.close());
  await queue.work(
    async (reportId) => void await makeReport(deps, reportId, { signal }),
    (reportId) => giveUp(sql, reportId, "It was interrupted too often: see the service's log"),
  );
  const check = setInterval(
    () =>
      Promise.all([failAbandoned(sql), forgetOldCounts(sql)]).catch((error) => log("warn", "check failed", { error })),
    ABANDONED_CHECK_MS,
  );
  opened.defer(() => clearInterval(check));
  const states = new FleetStates({ sql, zoneRules }, STATES_FRESH_MS);
  opened.defer(followStates(states, { sql, log }));
  opened.defer(keepTrends({ sql, zoneRules, compute: pool.computeDays, isBusy: () => pool.hasChunks, log }));
  const events = new ReportEvents(sql, log);
  const feed = opened.adopt(connect(address, { max: FEED_CONNECTIONS, name: "storewatch feed" }), close);
  const { reportsFolder, allowedOrigins, maxPollAhead } = config;
  const hosts = new AllowedHosts(config);
  const { trustedProxies, requestsPerMinute, signIn } = config;
  const proxies = new Proxies(trustedProxies);
  const access = { isInsecure, trustedProxies, requestsPerMinute, signIn };
  const settings = {
    access,
    computing: { ...computing, chunkSize: config.chunkSize },
    reportsFolder,
    hosts,
    allowedOrigins,
    maxPollAhead,
    render: renderInWorker,
  };
  const app = createApp({ sql, opened, feed, queue, events, log, version, zoneRules, states, ...settings });
  await serve(app, {
    ...config,
    clientAt: (peer, headers) => clientAt(proxies.addressAt(peer, headers)),
    log,
    signal,
    endStreams: () => events.close(),
    onListen: (url) => {
      hosts.add(new URL(url).host);
      onListen?.(url);
    },
  });
}
