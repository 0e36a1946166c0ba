import { transaction } from "../../../db/postgres/transaction.ts";
import { findKey } from "../../../db/stores/stores.ts";
import { getDetails } from "../../../db/stores/store_details.ts";
import { Timezones } from "../../../report/timezones.ts";
import { readTrend } from "../../../trends/read_trend.ts";
import type { Trend } from "../../../trends/trend.ts";
import type { Assets } from "../../kit/asset.ts";
import type { WebDeps } from "../../kit/deps.ts";
import { Layout } from "../../kit/layout.tsx";
import { storeAddress } from "../../kit/links.ts";
import { respond } from "../../kit/respond.ts";
import { StoreHeading, storeWords } from "../../parts/store_link.tsx";
import { TagList } from "../../tags/tag_list.tsx";
import type { AskedTrend } from "../asked_trend.ts";
import { HeatMap } from "../heat_map.tsx";
import { storeDateAddress } from "./store_date_address.ts";
import { NoTrend, Periods } from "../trend_choices.tsx";
import { Lacking, TrendFigures } from "../trend_figures.tsx";
import { TrendMethod } from "../trend_method.tsx";
import { TrendSection } from "../trend_section.tsx";
import { datesWords, knownDates } from "../trend_words.ts";

/** `GET /trends?store=`: the trend of one store. Undefined if there is no such store. */
export async function storeTrendPage(
  deps: WebDeps,
  assets: Assets,
  asked: AskedTrend & { readonly storeId: string },
): Promise<Response | undefined> {
  const { sql, zoneRules } = deps;
  const { storeId } = asked;
  if (await findKey(sql, storeId) === undefined) return undefined;
  const [details, trend] = [await getDetails(sql, storeId), await readStoreTrend({ sql, zoneRules }, asked)];
  const { name, timezone, tags = {} } = details ?? {};
  const title = name === undefined ? `Store ${storeId}` : storeWords(storeId, name);
  const zones = new Timezones(zoneRules);
  return await respond(
    <Layout assets={assets} title={`Trend: ${title}`} here="trends" latest={{ at: (await deps.states.view()).asOf }}>
      <div class="title">
        <StoreHeading storeId={storeId} name={name} />
        <p>
          <a class="button" href={storeAddress(storeId)}>This store's week</a>
          {trend !== undefined && <span class="quiet">{datesWords(knownDates(trend))}</span>}
        </p>
      </div>
      <TagList tags={tags} />
      <Periods asked={asked} />
      {trend === undefined ? <NoTrend /> : (
        <>
          <Lacking lacking={trend.lacking} />
          <TrendFigures trend={trend} />
          <TrendSection
            trend={trend}
            hrefOf={({ date }) => storeDateAddress({ storeId, timezone }, date, zones)}
          />
          <HeatMap trend={trend} isOne />
          <TrendMethod />
        </>
      )}
    </Layout>,
  );
}

/** The trend of one store, by its own calendar. */
export async function readStoreTrend(
  { sql, zoneRules }: Pick<WebDeps, "sql" | "zoneRules">,
  { storeId, days }: { readonly storeId: string; readonly days: number },
): Promise<Trend | undefined> {
  const zones = new Timezones(zoneRules);
  return await transaction(sql, (tx) => readTrend(tx, { storeId, days }, zones), "repeatable read read only");
}
