import type { JSX } from "hono/jsx/jsx-runtime";
import { getDetails } from "../../../db/stores/store_details.ts";
import { Timezones } from "../../../report/timezones.ts";
import type { WebDeps } from "../../kit/deps.ts";
import { storeDateAddress } from "./store_date_address.ts";
import { readStoreTrend } from "./store_trend_page.tsx";
import { TrendMethod } from "../trend_method.tsx";
import { TrendSection } from "../trend_section.tsx";

const DAYS = 30;

/** The last dates of a store, on its page. Nothing if none is over. */
export async function StoreTrend({ deps, storeId }: { deps: WebDeps; storeId: string }): Promise<JSX.Element | null> {
  const trend = await readStoreTrend(deps, { storeId, days: DAYS });
  if (trend === undefined || trend.dates.every(({ storeDays }) => storeDays === 0)) return null;
  const timezone = (await getDetails(deps.sql, storeId))?.timezone;
  const zones = new Timezones(deps.zoneRules);
  return (
    <div class="store-trend">
      <TrendSection
        title={`Uptime of the last ${DAYS} dates`}
        trend={trend}
        hrefOf={({ date }) => storeDateAddress({ storeId, timezone }, date, zones)}
      />
      <TrendMethod />
      <p>
        <a href={`/trends?${new URLSearchParams({ store: storeId })}`}>The store's trend over 30, 90 or 365 days</a>
      </p>
    </div>
  );
}
