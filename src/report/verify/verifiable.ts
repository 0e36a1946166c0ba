import type { Report } from "../../db/reports/report.ts";
import { readExactResult } from "../result/stored_result.ts";
import type { Verifiable } from "./verify_report.ts";

/** Why a completed report cannot be verified. */
export type NotVerifiable = "files gone" | "classic CSV only" | "no record";

/** Reads what a completed report is verified by: its result, and what its row says that it depends on. */
export async function readVerifiable(folder: string, report: Report): Promise<Verifiable | NotVerifiable> {
  const result = await readExactResult(folder, report.reportId);
  if (result === undefined) return "files gone";
  if (result === "classic CSV only") return result;
  const { dependsOn, asOf, request } = report;
  if (dependsOn === undefined || asOf === undefined) return "no record";
  return { ...report, request: { ...request, asOf }, dependsOn, result };
}
