import assert from "node:assert/strict";
import { openTestDatabase } from "../support/database.ts";
import { startProxy } from "../support/tcp_proxy.ts";
import { until } from "../support/until.ts";
import { startWholeService } from "../support/whole_service.ts";

const POLL = JSON.stringify({ store_id: "a", status: "active", timestamp_utc: "2023-01-25T09:00:00Z" });
const CSV = "store_id,status,timestamp_utc\na,active,2023-01-25 09:30:00 UTC\n";

/** More than the ten seconds that an answer may take, for machines that are busy. */
const PATIENCE_MS = 30_000;

const REQUESTS: readonly [method: string, path: string, type?: string, body?: string][] = [
  ["GET", "/stores"],
  ["GET", "/stores/a"],
  ["GET", "/reports"],
  ["GET", "/get_report?report_id=00000000-0000-4000-8000-000000000000"],
  ["POST", "/trigger_report"],
  ["GET", "/trigger_report"],
  ["POST", "/polls", "application/json", POLL],
  ["POST", "/polls", "application/json", POLL],
  ["POST", "/imports/polls", "text/csv", CSV],
  ["GET", "/readyz"],
];

Deno.test("a network that is cut without a word costs requests a 503, and service returns by itself", async (t) => {
  const database = await openTestDatabase();
  using proxy = startProxy(database.address);
  {
    await using service = await startWholeService(proxy.address);
    const ask = async (...[method, path, type, body]: (typeof REQUESTS)[number]) => {
      const answer = await fetch(service.url + path, {
        method,
        ...(type === undefined ? {} : { headers: { "content-type": type }, body: body ?? null }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { status: answer.status, retryAfter: answer.headers.get("retry-after"), text: await answer.text() };
    };
    const completed = async () => {
      const { text } = await ask("POST", "/trigger_report");
      const { report_id } = JSON.parse(text);
      const events = await fetch(`${service.url}/reports/${report_id}/events`, {
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return await events.text();
    };

    await t.step("before, all is well", async () => {
      assert.equal((await ask("POST", "/polls", "application/json", POLL)).status, 200);
      assert.match(await completed(), /event: completed/);
    });

    await t.step("meanwhile each request gets a 503, and the process lives", async () => {
      proxy.cut();
      for (let round = 0; round < 2; round++) {
        const metrics = ask("GET", "/metrics");
        const answers = await Promise.all(REQUESTS.map((request) => ask(...request)));
        for (const [index, { status, retryAfter, text }] of answers.entries()) {
          assert.equal(status, 503, `${REQUESTS[index]} was answered with ${status} ${text}`);
          assert.match(retryAfter ?? "", /^\d+$/);
        }
        assert.equal((await ask("GET", "/healthz")).status, 200);
        assert.match((await metrics).text, /storewatch_database_up 0/);
      }
    });

    await t.step("afterwards all works again, without a restart", async () => {
      proxy.mend();
      await until(async () => (await ask("GET", "/stores")).status === 200, "stores are listed");
      await until(
        async () => (await ask("POST", "/polls", "application/json", POLL)).status === 200,
        "polls are taken in",
      );
      await until(
        async () => (await ask("POST", "/imports/polls", "text/csv", CSV)).status === 200,
        "files are loaded",
      );
      await until(
        async () => (await completed().catch(() => "")).includes("event: completed"),
        "a report is completed",
      );
    });
  }
  await database.close();
});
