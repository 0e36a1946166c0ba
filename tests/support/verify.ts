import { getReport } from "../../src/db/reports/reports.ts";
import type { ZoneRules } from "../../src/domain/time/zone_rules.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import { readResult } from "../../src/report/result/stored_result.ts";
import { type Verifiable, type Verification, verifyReport } from "../../src/report/verify/verify_report.ts";
import type { Fixture } from "./reports.ts";
import { RULES } from "./rules.ts";

interface Today {
  readonly zoneRules?: ZoneRules;
  readonly version?: string;
  readonly chunkSize?: number;
  readonly signal?: AbortSignal;
}

/** Verifies a report with what is in the database now. */
export async function verify(fixture: Fixture, reportId: string, today: Today = {}): Promise<Verification> {
  const { zoneRules = RULES } = today;
  const compute = chunkComputer(fixture.sql, 0, zoneRules);
  return await verifyReport(
    { ...fixture.deps, compute, zoneRules, ...today },
    await verifiable(fixture, reportId),
    today,
  );
}

export async function verifiable({ sql, deps }: Fixture, reportId: string): Promise<Verifiable> {
  const report = await getReport(sql, reportId);
  const result = await readResult(deps.reportsFolder, reportId);
  const { dependsOn, asOf } = report ?? {};
  if (!report || !result || !dependsOn || asOf === undefined) throw new Error(`Report ${reportId} is not complete`);
  return { ...report, request: { ...report.request, asOf }, dependsOn, result };
}

/** The names of what changed. */
export function causesOf({ because }: Verification): string[] {
  return Object.entries(because).flatMap(([name, isSo]) => isSo ? [name] : []);
}
