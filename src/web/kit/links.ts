import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { ReportRequest } from "../../domain/report_request.ts";

/** The address of a store's page, with the as-of and method of a report. */
export function storeAddress(
  storeId: string,
  seen?: { asOf: Micros | undefined; request: Pick<ReportRequest, "method"> },
): string {
  const path = `/stores/${encodeURIComponent(storeId)}`;
  if (seen === undefined) return path;
  const { asOf, request: { method } } = seen;
  return `${path}?${new URLSearchParams({ ...(asOf === undefined ? {} : { as_of: formatInstant(asOf) }), method })}`;
}

export function reportAddress(reportId: string): string {
  return `/reports/${reportId}`;
}
