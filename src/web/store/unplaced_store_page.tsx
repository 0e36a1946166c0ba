import type { JSX } from "hono/jsx/jsx-runtime";
import { errorOf } from "../../db/reports/chunks.ts";
import type { Sql } from "../../db/connection/client.ts";
import { latestPoll } from "../../db/polls/latest_poll.ts";
import { marksOf } from "../../db/imports/marks.ts";
import { latestCompleted } from "../../db/reports/overview.ts";
import type { Report } from "../../db/reports/report.ts";
import { getStore, type StoreOverview } from "../../db/polls/store_overview.ts";
import { getDetails } from "../../db/stores/store_details.ts";
import type { UnplacedStore } from "../../report/store_timeline.ts";
import type { Assets } from "../kit/asset.ts";
import { Layout } from "../kit/layout.tsx";
import { reportAddress } from "../kit/links.ts";
import { Time } from "../kit/time.tsx";
import { HoursTable } from "../calendar/hours_table.tsx";
import { StoreHeading, storeWords } from "../parts/store_link.tsx";
import { RemoveStore } from "./remove_store.tsx";
import { StoreMarks } from "./store_marks.tsx";

interface UnplacedStorePageProps {
  readonly sql: Sql;
  readonly assets: Assets;
  readonly tzdata: string;
  readonly store: UnplacedStore;
}

/** A store whose zone the rules do not know: the fault, its effect on reports, and what to do. */
export async function UnplacedStorePage({ sql, assets, tzdata, store }: UnplacedStorePageProps): Promise<JSX.Element> {
  const { storeId, stored } = store;
  const timezoneName = stored.timezone ?? "";
  const [overview, report, marks, details] = await Promise.all([
    getStore(sql, storeId),
    latestCompleted(sql),
    marksOf(sql, storeId),
    getDetails(sql, storeId),
  ]);
  const name = details?.name;
  const latest = await latestPoll(sql);
  const isLeftOut = report !== undefined && (await errorOf(sql, report.reportId, storeId)) !== undefined;
  return (
    <Layout
      assets={assets}
      title={name === undefined ? `Store ${storeId}` : storeWords(storeId, name)}
      here="stores"
      latest={{ at: latest }}
    >
      <div class="title">
        <StoreHeading storeId={storeId} name={name} />
        <p>{timezoneName}</p>
      </div>
      <div class="trouble" role="alert">
        <p>
          <b>The zone rules {tzdata} do not know the time zone “{timezoneName}”.</b>{" "}
          So the times of its business hours are unknown, and there is no week to show.
        </p>
        <p>
          Reports with these rules leave this store out.
          {isLeftOut && <LeftOutOf report={report} />}
        </p>
        <p>
          Load a time zones file with an IANA zone for this store, such as America/Chicago. If the zone is new, update
          the system's zone files or set ZONE_RULES, and restart Storewatch. Then make a new report.
        </p>
      </div>
      <StoreMarks marks={marks} />
      <section aria-labelledby="latest">
        <h2 id="latest">Latest poll</h2>
        <LatestPoll poll={overview?.latestPoll} />
      </section>
      <HoursTable versions={stored.versions} date={Infinity} />
      <RemoveStore storeId={storeId} name={name} />
    </Layout>
  );
}

function LeftOutOf({ report: { reportId, asOf = 0 } }: { report: Report }): JSX.Element {
  return (
    <>
      {" "}
      <a href={`${reportAddress(reportId)}#errors`}>
        The report as of <Time at={asOf} style="full" />
      </a>{" "}
      lists it under “Stores without a result”.
    </>
  );
}

function LatestPoll({ poll }: { poll: StoreOverview["latestPoll"] }): JSX.Element {
  if (poll === undefined) return <p class="quiet">No data.</p>;
  return (
    <p>
      {poll.active ? "Active" : "Inactive"} at <Time at={poll.at} style="full" />
    </p>
  );
}
