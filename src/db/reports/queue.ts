import { type Db, PgBoss } from "pg-boss";
import type postgres from "postgres";
import type { Log } from "../../log.ts";
import { setTimeout as delay } from "node:timers/promises";
import { close, hasSchema, sibling, type Sql, type Transaction } from "../connection/client.ts";
import { isLostConnection } from "../connection/lost_connection.ts";

export const QUEUE_SCHEMA = "storewatch_queue";
const REPORTS = "reports";
const ABANDONED = "abandoned-reports";

/**
 * A job goes to another process if it sends no heartbeat for this long. With the checks below, a report that a
 * dead process left behind starts again within 10 + 5 + 2 seconds.
 */
const HEARTBEAT_SECONDS = 10;
const CHECK_SECONDS = 5;
const POLL_SECONDS = 2;
/** A report is interrupted when a process is stopped or Postgres restarts; one that was so often is at fault itself. */
const MOST_INTERRUPTIONS = 10;

/** The durable jobs: one a report. */
export interface Queue {
  /** Adds a report's job in the transaction that adds its row: both are there, or neither. */
  send(tx: Transaction, reportId: string): Promise<void>;
  /**
   * Works on one report after the other. A handler that throws gets the job again after a second; `onAbandoned` gets the id
   * of a job that was interrupted too often.
   */
  work(handler: (reportId: string) => Promise<void>, onAbandoned: (reportId: string) => Promise<void>): Promise<void>;
  /** Waits up to five seconds for the handler in flight. */
  close(): Promise<void>;
}

/** Opens the queue, which keeps its tables in a schema of its own, and has a connection of its own. */
export async function openQueue(pool: Sql, log: Log): Promise<Queue> {
  const sql = sibling(pool, { max: 1, name: "storewatch queue" });
  const boss = new PgBoss({
    db: oneByOne(sql),
    schema: QUEUE_SCHEMA,
    createSchema: !(await hasSchema(sql, QUEUE_SCHEMA)),
    migrate: await mayChangeQueue(sql),
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: CHECK_SECONDS,
    monitorIntervalSeconds: CHECK_SECONDS,
    queueCacheIntervalSeconds: CHECK_SECONDS,
  });
  boss.on("error", (error) => log("warn", "queue error", { error }));
  await boss.start().catch(async (error) => {
    await close(sql);
    throw error;
  });
  await boss.createQueue(ABANDONED, { notify: true });
  await boss.createQueue(REPORTS, {
    notify: true,
    deadLetter: ABANDONED,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 24 * 60 * 60 - 1,
    retryLimit: MOST_INTERRUPTIONS,
    retryDelay: 1,
  });
  return {
    send: async (tx, reportId) => void await boss.send(REPORTS, { reportId }, { db: inTransaction(tx) }),
    work: async (handler, onAbandoned) => {
      await consume(boss, REPORTS, handler);
      await consume(boss, ABANDONED, onAbandoned);
    },
    close: async () => {
      await boss.stop({ graceful: true, timeout: 5_000 });
      await close(sql);
    },
  };
}

/** Brings the queue's tables up to date, which a service that does not own them cannot do. */
export async function prepareQueue(pool: Sql, log: Log): Promise<void> {
  await (await openQueue(pool, log)).close();
}

async function mayChangeQueue(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ may: boolean }[]>`
    select coalesce(has_schema_privilege(to_regnamespace(${QUEUE_SCHEMA}), 'create'), true) as may`;
  return row?.may ?? false;
}

async function consume(boss: PgBoss, queue: string, handler: (reportId: string) => Promise<void>): Promise<void> {
  const options = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS };
  const worker: string = await boss.work<{ reportId: string }>(queue, options, async (jobs) => {
    for (const job of jobs) await handler(job.data.reportId);
    // Otherwise the worker would wait for its next look at the queue, though the next report may wait there already.
    boss.notifyWorker(worker);
  });
}

/** Lets the queue use one of our transactions. */
function inTransaction(tx: Transaction): Db {
  return { executeSql: async (text, values) => ({ rows: [...await tx.unsafe(text, parameters(values))] }) };
}

const TRIES = 3;
const RETRY_MS = 100;

/**
 * Lets the queue use a connection, one statement after the other, since those without values may begin and commit. A lost
 * connection costs another try, not a report: a job that was fetched in vain goes back to the queue by itself.
 */
function oneByOne(sql: Sql): Db {
  let turn: Promise<unknown> = Promise.resolve();
  const run = async (text: string, values: unknown[] | undefined) => {
    for (let tries = 1;; tries++) {
      try {
        return { rows: [...await sql.unsafe(text, parameters(values))] };
      } catch (error) {
        if (!isLostConnection(error)) await sql`rollback`.catch(() => {});
        if (!isLostConnection(error) || tries === TRIES) throw error;
        await delay(RETRY_MS * tries);
      }
    }
  };
  return {
    executeSql: async (text, values) => {
      const result = turn.then(() => run(text, values));
      turn = result.catch(() => {});
      return await result;
    },
    listen: async (channel, onNotification, onReconnect) => {
      const { unlisten } = await sql.listen(channel, onNotification, onReconnect);
      return { close: () => unlisten() };
    },
  };
}

function parameters(values: unknown[] = []): postgres.ParameterOrJSON<number>[] {
  return values as postgres.ParameterOrJSON<number>[];
}
