import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { connect, type Sql } from "../../src/db/connection/client.ts";
import { isLostConnection } from "../../src/db/connection/lost_connection.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { openTestDatabase } from "../support/database.ts";
import { startProxy, type TcpProxy } from "../support/tcp_proxy.ts";
import { until } from "../support/until.ts";

/** A pool that reaches its database through a network that can be cut, and one that reaches it directly. */
async function withNetwork(
  test: (pools: { sql: Sql; direct: Sql; proxy: TcpProxy }) => Promise<void>,
): Promise<void> {
  const database = await openTestDatabase();
  const proxy = startProxy(database.address);
  const sql = connect(proxy.address, { max: 4, name: "storewatch under test" });
  try {
    await test({ sql, direct: database.sql, proxy });
  } finally {
    await sql.end({ timeout: 1 });
    proxy[Symbol.dispose]();
    await database.close();
  }
}

Deno.test("queries and transactions go on at once when an administrator ends connections under load", async () => {
  await withNetwork(async ({ sql, direct }) => {
    const state = { isOver: false, done: 0 };
    const unexpected: unknown[] = [];
    const ask = async (work: () => Promise<unknown>) => {
      while (!state.isOver) {
        await work().then(
          () => state.done++,
          (error) => isLostConnection(error) || unexpected.push(error),
        );
      }
    };
    const asking = Array.from({ length: 4 }, () => [
      ask(async () => await sql`select 1`),
      ask(() => transaction(sql, async (tx) => await tx`select pg_sleep(0.001)`)),
    ]).flat();
    for (let round = 0; round < 20; round++) {
      await direct`
        select pg_terminate_backend(pid) from (
          select pid from pg_stat_activity where application_name = 'storewatch under test' order by random() limit 2
        ) victims`;
      await delay(100);
    }
    const { done } = state;
    await until(
      () => Promise.resolve(state.done > done + 100),
      "queries are answered again",
      30,
    );
    state.isOver = true;
    await Promise.all(asking);
    assert.deepEqual(unexpected, []);
  });
});

Deno.test("a transaction whose work fails for the loss of another connection is rolled back", async () => {
  await withNetwork(async ({ sql }) => {
    const loss = Object.assign(new Error("another one"), { code: "CONNECTION_CLOSED" });
    await assert.rejects(transaction(sql, () => Promise.reject(loss)), loss);
    await assert.rejects(transaction(sql, async (tx) => await tx`select 1 / 0`), /division by zero/);
    const [row] = await sql<{ open: number }[]>`
      select count(*) as open from pg_stat_activity
      where application_name = 'storewatch under test' and xact_start is not null and pid <> pg_backend_pid()`;
    assert.equal(row?.open, 0);
  });
});

Deno.test("whatever a transaction asks after the loss of its connection fails as a lost connection", async () => {
  await withNetwork(async ({ sql, direct }) => {
    const failures: unknown[] = [];
    const work = transaction(sql, async (tx) => {
      const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await direct`select pg_terminate_backend(${row?.pid ?? 0})`;
      // First a statement that is under way, then those that are not sent any more.
      for (let asked = 0; asked < 3; asked++) {
        await Promise.resolve().then(() => tx`select`).catch((error) => failures.push(error));
        await delay(100);
      }
    });
    await assert.rejects(work, isLostConnection);
    assert.equal(failures.length, 3);
    for (const failure of failures) assert.ok(isLostConnection(failure), String(failure));
  });
});

Deno.test("an error that was the last word of a connection fails no query of the next one", async () => {
  await withNetwork(async ({ sql, proxy }) => {
    proxy.closeAfter("nowhere");
    await assert.rejects(sql`select ${1}::integer from nowhere`);
    // As many as there are connections, so that one of them is its successor.
    const later = await Promise.all(Array.from({ length: 4 }, (_, index) => sql`select ${index}::integer as index`));
    assert.deepEqual(later.map(([row]) => row?.index), [0, 1, 2, 3]);
  });
});

Deno.test("a statement may take long, as long as its backend is at work", async () => {
  await withNetwork(async ({ sql }) => {
    const [row] = await sql`select pg_sleep(11), 'done' as state`;
    assert.equal(row?.state, "done");
  });
});

Deno.test("a transaction that was cut off fails, and its locks do not outlive it", async () => {
  await withNetwork(async ({ sql, direct, proxy }) => {
    await assert.rejects(
      transaction(sql, async (tx) => {
        await tx`select pg_advisory_xact_lock(1)`;
        proxy.cut();
        await tx`select`;
      }),
      isLostConnection,
    );
    const isFree = async () => {
      const [row] = await direct<{ free: boolean }[]>`
        select not exists (select from pg_locks where locktype = 'advisory') as free`;
      return row?.free ?? false;
    };
    assert.equal(await isFree(), false, "Postgres knows nothing of it yet");
    proxy.mend();
    await until(
      async () => await sql`select`.then(() => true, () => false),
      "queries are answered again",
    );
    await until(isFree, "the lock is gone");
  });
});

Deno.test("idle connections that are cut off are replaced before anybody needs them", async () => {
  await withNetwork(async ({ sql, proxy }) => {
    const heard: string[] = [];
    await sql.listen("news", (news) => heard.push(news));
    await sql`select`;
    proxy.cut();
    proxy.mend();
    await until(
      async () => {
        await sql`select pg_notify('news', 'hello')`.catch(() => {});
        return heard.length > 0;
      },
      "a notification comes",
    );
  });
});
