import { recordChange } from "../db/audit/audit.ts";
import type { Transaction } from "../db/connection/client.ts";
import { claimKey } from "../db/reports/idempotency.ts";
import type { Queue } from "../db/reports/queue.ts";
import { countWaiting } from "../db/reports/counts.ts";
import type { HttpMethod } from "../db/reports/report.ts";
import { insertReport } from "../db/reports/reports.ts";
import { transaction } from "../db/postgres/transaction.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import { narrowed } from "../domain/access/narrower.ts";
import { hasName } from "../domain/actor.ts";
import { counted } from "../domain/counted.ts";
import { type ReportRequest, withDefaults } from "../domain/report_request.ts";
import type { ActionContext } from "./context.ts";

/** The key was used for a report with other parameters. */
export class KeyReused extends Error {
  override name = "KeyReused";
}

/** Too many reports wait in the queue. */
export class TooManyReports extends Error {
  override name = "TooManyReports";
}

export interface RequestOptions {
  /** The same key gets the same report. */
  readonly idempotencyKey?: string | undefined;
  /** How many reports may wait in the queue. */
  readonly mostWaiting?: number;
  /** POST if not given. */
  readonly httpMethod?: HttpMethod;
}

/**
 * Asks for a report: its row, its job and its key are there, all or none, before this returns its id.
 *
 * @throws {KeyReused} if the key was used for another request
 * @throws {TooManyReports} if too many reports wait already
 */
export async function askForReport(
  { sql, queue, ...source }: ActionContext & { readonly queue: Queue },
  asked: ReportRequest,
  { idempotencyKey, mostWaiting = Infinity, httpMethod = "POST" }: RequestOptions = {},
): Promise<string> {
  const reportId = crypto.randomUUID();
  const { actor, seen } = source;
  const request = seen === undefined ? asked : { ...asked, where: narrowed(asked.where, seen) };
  return await transaction(sql, async (tx) => {
    const known = idempotencyKey === undefined ? reportId : await claim(tx, idempotencyKey, { reportId, request });
    if (known !== reportId) return known;
    await refuseTooMany(tx, mostWaiting);
    const made = seen === undefined ? request : await upToOwnPolls(tx, request);
    await insertReport(tx, { reportId, request: made, actor, madeBy: "queue", httpMethod });
    await queue.send(tx, reportId);
    // A report changes no data. Who asked for it is written down if it is known.
    if (hasName(actor)) await recordChange(tx, source, { action: "report.request", subject: reportId });
    return reportId;
  });
}

/** Of those who see some stores, as-of is the latest poll of these. What makes the report later sees all stores. */
async function upToOwnPolls(tx: Transaction, request: ReportRequest): Promise<ReportRequest> {
  return { ...request, asOf: request.asOf ?? await latestPoll(tx) ?? Date.now() * 1_000 };
}

async function claim(
  tx: Transaction,
  key: string,
  { reportId, request }: { reportId: string; request: ReportRequest },
): Promise<string> {
  const claimant = { reportId, request: JSON.stringify(request) };
  const owner = await claimKey(tx, key, claimant);
  // An older version may have stored fewer parameters, in another order.
  const first = JSON.stringify(withDefaults(JSON.parse(owner.request)));
  if (first === claimant.request) return owner.reportId;
  throw new KeyReused("This key was used for a report with other parameters");
}

async function refuseTooMany(tx: Transaction, most: number): Promise<void> {
  if (most === Infinity || await countWaiting(tx, most) < most) return;
  throw new TooManyReports(`${counted(most, "report")} ${most === 1 ? "is" : "are"} waiting already`);
}

/**
 * Asks for a report that the caller makes by itself, without the queue.
 *
 * @returns its id
 */
export async function askForOwnReport({ sql, actor }: ActionContext, request: ReportRequest): Promise<string> {
  const reportId = crypto.randomUUID();
  await insertReport(sql, { reportId, request, actor, madeBy: "command" });
  return reportId;
}
