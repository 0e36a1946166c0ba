import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { clientAt } from "../../src/http/guard/client.ts";
import { OpenCounts } from "../../src/http/guard/open_counts.ts";
import { serve } from "../../src/http/serve.ts";
import { silentLog } from "../../src/log.ts";
import { readHead, sendRaw } from "../support/http_server.ts";
import { openService, trigger } from "../support/http_service.ts";
import { bearer, keyFor } from "../support/keys.ts";
import { until } from "../support/until.ts";

Deno.test("each client has so many open, and all together so many, whatever order they come and go in", () => {
  const step = fc.record({ client: fc.constantFrom("a", "b", undefined), isLeaving: fc.boolean(), which: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const counts = new OpenCounts({ each: 2, all: 4 });
      const open: { client: string | undefined; leave: () => void }[] = [];
      for (const { client, isLeaving, which } of steps) {
        if (isLeaving) {
          const [left] = open.splice(which % (open.length || 1), 1);
          left?.leave();
          left?.leave();
        } else {
          const own = open.filter((each) => each.client === client).length;
          const isFree = open.length < 4 && (client === undefined || own < 2);
          const leave = counts.open(client);
          assert.equal(leave !== undefined, isFree);
          if (leave !== undefined) open.push({ client, leave });
        }
        assert.equal(counts.all, open.length);
      }
    }),
    { numRuns: 100 },
  );
});

Deno.test("this machine is no client of its own, and an IPv6 network of 64 bits is one client", () => {
  for (const address of ["127.0.0.1", "127.8.9.1", "::1", undefined]) assert.equal(clientAt(address), undefined);
  assert.equal(clientAt("192.0.2.7"), "192.0.2.7");
  for (const address of ["2001:db8:0:1::7", "2001:db8:0:1:2:3:4:5", "2001:db8::1:0:0:0:9%eth0"]) {
    assert.equal(clientAt(address), "2001:db8:0:1", address);
  }
  assert.equal(clientAt("fe80::1"), "fe80:0:0:0");
  assert.equal(clientAt("::ffff:0:1"), "0:0:0:0");
});

Deno.test("event streams are counted for each client, and end their count however they end", async () => {
  await using service = await openService({ streams: { each: 2, all: 3 } });
  const id = await trigger(service.app);
  const follow = async (peer: string) => await service.app.request(`/reports/${id}/events`, {}, { peer });
  const counted = async () =>
    /^storewatch_event_streams (\d+)$/m.exec(await (await service.app.request("/metrics")).text())?.[1];
  const open = [await follow("192.0.2.1"), await follow("192.0.2.1")];
  assert.deepEqual(open.map(({ status }) => status), [200, 200]);

  const refused = await follow("192.0.2.1");
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "10");
  assert.match(await refused.text(), /"type":"\/problems\/too-many-streams"/);

  open.push(await follow("192.0.2.2"));
  assert.equal(await counted(), "3");
  const beyondAll = await follow("192.0.2.3");
  assert.equal(beyondAll.status, 429);
  await beyondAll.text();

  await open[0]?.body?.cancel();
  await until(async () => await counted() === "2", "the stream that was left is not counted");
  assert.equal((await follow("192.0.2.1")).status, 200);
  await service.make(id);
  await Promise.all(open.slice(1).map((answer) => answer.text()));
  await until(async () => await counted() === "0", "the streams ended with the report");
});

Deno.test("streams count for a key from wherever it comes, else for the address that a trusted proxy names", async () => {
  const access = { trustedProxies: ["10.0.0.1"] };
  await using service = await openService({ streams: { each: 1, all: 9 } }, { access });
  const id = await trigger(service.app);
  const open: Response[] = [];
  const follow = async (address: string, headers: Record<string, string> = {}) => {
    const init = { headers: { ...headers, "x-forwarded-for": address } };
    open.push(await service.app.request(`/reports/${id}/events`, init, { peer: "10.0.0.1" }));
    return open.at(-1)?.status;
  };
  assert.deepEqual([await follow("192.0.2.1"), await follow("192.0.2.2"), await follow("192.0.2.1")], [200, 200, 429]);
  const [a, b] = [bearer(await keyFor(service.sql, ["read"])), bearer(await keyFor(service.sql, ["read"]))];
  await until(async () => await follow("192.0.2.3") === 401, "the first key closes the service");
  assert.deepEqual([await follow("192.0.2.1", a), await follow("192.0.2.1", b)], [200, 200]);
  assert.equal(await follow("192.0.2.9", a), 429);
  for (const { body } of open) await body?.cancel();
});

Deno.test("connections of this machine have a limit for all of them alone", async () => {
  await using service = await openService({ streams: { each: 1, all: 9 } });
  const id = await trigger(service.app);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => service.app.request(`/reports/${id}/events`, {}, { peer: "127.0.0.1" })),
  );
  assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200, 200]);
  for (const { body } of answers) await body?.cancel();
});

Deno.test("requests that a client leaves open are counted until their answers are read", async () => {
  const stop = new AbortController();
  const { promise: listening, resolve: onListen } = Promise.withResolvers<string>();
  const answers: (() => void)[] = [];
  const app = { fetch: () => new Promise<Response>((resolve) => answers.push(() => resolve(new Response("done")))) };
  const options = {
    host: "127.0.0.1",
    port: 0,
    log: silentLog,
    signal: stop.signal,
    endStreams: () => Promise.resolve(),
  };
  const served = serve(app, { ...options, onListen, open: { each: 2, all: 9 }, clientAt: (address) => address });
  const url = await listening;
  const ask = () => sendRaw(url, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const first = await ask();
  const second = await ask();
  await until(() => Promise.resolve(answers.length === 2), "two requests are under way");
  {
    using third = await ask();
    const head = await readHead(third, 5_000);
    assert.match(head, /^HTTP\/1\.1 429 /);
    assert.match(head, /retry-after: 1/i);
  }
  answers[0]?.();
  assert.match(await readHead(first, 5_000), /^HTTP\/1\.1 200 /);
  using fourth = await ask();
  await until(() => Promise.resolve(answers.length === 3), "another one has its place");
  second.close();
  answers[1]?.();
  const others: Deno.TcpConn[] = [];
  await until(async () => {
    others.push(await ask());
    await delay(50);
    return answers.length === 4;
  }, "a client that goes away leaves its place");
  for (const answer of answers) answer();
  assert.match(await readHead(fourth, 5_000), /^HTTP\/1\.1 200 /);
  for (const connection of [first, ...others]) connection.close();
  stop.abort();
  await served;
});

Deno.test("reports that wait have a limit, beyond which clients shall come again", async () => {
  await using service = await openService({ waitingReports: 2 });
  await trigger(service.app);
  await trigger(service.app);
  const answer = await service.app.request("/trigger_report", { method: "POST" });
  assert.equal(answer.status, 429);
  assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
  assert.match(await answer.text(), /"type":"\/problems\/too-many-reports"/);
});
