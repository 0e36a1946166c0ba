import type { Sql, Transaction } from "../connection/client.ts";

/** How one chunk went. Times in milliseconds. */
export interface ChunkRecord {
  /** From 1, in the order of store ids. */
  readonly number: number;
  readonly worker: number;
  readonly attempts: number;
  readonly stores: number;
  readonly polls: number;
  /** When it was given out, since the report's work began. */
  readonly begunMs: number;
  /** How long it waited in all, for its worker and for its turn to be written. */
  readonly waitMs: number;
  readonly fetchMs: number;
  readonly computeMs: number;
  readonly writeMs: number;
}

/** A store whose row could not be computed, and why. */
export interface ReportError {
  readonly storeId: string;
  readonly reason: string;
}

/** Replaces what an earlier run may have left. */
export async function saveChunks(tx: Transaction, reportId: string, chunks: readonly ChunkRecord[]): Promise<void> {
  const column = (name: keyof ChunkRecord) => chunks.map((chunk) => chunk[name]);
  await tx`delete from chunks where report_id = ${reportId}`;
  await tx`
    insert into chunks (report_id, number, worker, attempts, stores, polls, begun_ms, wait_ms, fetch_ms, compute_ms, write_ms)
    select ${reportId}, * from unnest(
      ${column("number")}::integer[], ${column("worker")}::integer[], ${column("attempts")}::integer[],
      ${column("stores")}::integer[], ${column("polls")}::integer[],
      ${column("begunMs")}::real[], ${column("waitMs")}::real[],
      ${column("fetchMs")}::real[], ${column("computeMs")}::real[], ${column("writeMs")}::real[])`;
}

/** Replaces what an earlier run may have left. */
export async function saveErrors(tx: Transaction, reportId: string, errors: readonly ReportError[]): Promise<void> {
  await tx`delete from report_errors where report_id = ${reportId}`;
  await tx`
    insert into report_errors (report_id, store_id, reason)
    select ${reportId}, * from unnest(
      ${errors.map(({ storeId }) => storeId)}::text[], ${errors.map(({ reason }) => reason)}::text[])`;
}

export async function listChunks(sql: Sql, reportId: string): Promise<ChunkRecord[]> {
  return await sql<ChunkRecord[]>`
    select number, worker, attempts, stores, polls,
      begun_ms as "begunMs", wait_ms as "waitMs", fetch_ms as "fetchMs", compute_ms as "computeMs", write_ms as "writeMs"
    from chunks where report_id = ${reportId} order by number`;
}

/** Why a store has no row in a report; undefined if nothing kept it from having one. */
export async function errorOf(sql: Sql, reportId: string, storeId: string): Promise<string | undefined> {
  const [row] = await sql<{ reason: string }[]>`
    select reason from report_errors where report_id = ${reportId} and store_id = ${storeId}`;
  return row?.reason;
}

/** The stores that have no row in a report. */
export async function storesWithoutRow(sql: Sql | Transaction, reportId: string): Promise<string[]> {
  const rows = await sql<{ storeId: string }[]>`
    select store_id as "storeId" from report_errors where report_id = ${reportId}`;
  return rows.map(({ storeId }) => storeId);
}

export async function listErrors(sql: Sql, reportId: string, limit: number): Promise<ReportError[]> {
  return await sql<ReportError[]>`
    select store_id as "storeId", reason from report_errors
    where report_id = ${reportId} order by store_id limit ${limit}`;
}
