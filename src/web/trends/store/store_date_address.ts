import type { NamedStore } from "../../../db/stores/fleet_facts.ts";
import { DEFAULT_REQUEST, type ReportRequest } from "../../../domain/report_request.ts";
import type { EpochDay } from "../../../domain/time/timezone.ts";
import { TREND_METHOD_NAME, TREND_REACH } from "../../../domain/trends/trend_method.ts";
import type { Timezones } from "../../../report/timezones.ts";
import { dayAnchor, storeAddress } from "../../kit/links.ts";

/** Where the day of a store is drawn: in the week that ends with it, by the method of trends. */
export function storeDateAddress(
  { storeId, timezone: name }: Pick<NamedStore, "storeId" | "timezone">,
  date: EpochDay,
  timezones: Timezones,
): string {
  const timezone = timezones.of({ timezone: name });
  if (timezone instanceof RangeError) return storeAddress(storeId);
  const request: ReportRequest = { ...DEFAULT_REQUEST, method: TREND_METHOD_NAME, staleAfter: TREND_REACH };
  const address = storeAddress(storeId, { asOf: timezone.instantOf(date + 1, 0), request });
  return `${address}#${dayAnchor(date)}`;
}
