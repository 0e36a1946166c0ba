import type { Report } from "../../db/reports/report.ts";
import { readExactResult, readResult } from "../result/stored_result.ts";
import type { Verifiable } from "./verify_report.ts";

/** Why a completed report cannot be verified. */
export type NotVerifiable = "files gone" | "classic CSV only" | "no record";

/** Reads what verifying a completed report takes: its result, and what it depends on. */
export async function readVerifiable(folder: string, report: Report): Promise<Verifiable | NotVerifiable> {
  const { reportId, dependsOn, asOf, request } = report;
  const found = await readExactResult(folder, reportId);
  if (found === "classic CSV only") return found;
  if (found !== undefined && (dependsOn === undefined || asOf === undefined)) return "no record";
  // All of it, since all rows are compared.
  const result = await readResult(folder, reportId);
  if (result === undefined || dependsOn === undefined || asOf === undefined) return "files gone";
  return { ...report, request: { ...request, asOf }, dependsOn, result };
}
