import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { readHead, sendRaw, startServer, write } from "../support/http_server.ts";

const HEAD = "Host: localhost\r\nTransfer-Encoding: chunked\r\n";
const LINE = '{"store_id":"a","status":"active","timestamp_utc":"2023-01-25T09:00:00Z"}\n';

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

Deno.test("a body that trickles in is dropped, though it never pauses for long", async () => {
  await using server = await startServer({ bodyPauseMs: 1_500, bodyBytesPerSecond: 10_000 });
  for (const [path, type] of [["/imports/polls", "text/csv"], ["/polls", "application/json"]]) {
    using connection = await sendRaw(server.url, `POST ${path} HTTP/1.1\r\nContent-Type: ${type}\r\n${HEAD}\r\n`);
    const answer = readHead(connection, 30_000);
    let isAnswered = false;
    answer.then(() => isAnswered = true);
    for (let sent = 0; sent < 200 && !isAnswered; sent++) {
      await write(connection, chunk(" ")).catch(() => {});
      await delay(100);
    }
    assert.match(await answer, /^HTTP\/1\.1 408 /, path);
  }
});

Deno.test("a live feed of lines may be as slow as its polls", async () => {
  await using server = await startServer({ bodyPauseMs: 1_500, bodyBytesPerSecond: 10_000 });
  const head = `POST /polls HTTP/1.1\r\nContent-Type: application/x-ndjson\r\n${HEAD}\r\n`;
  using connection = await sendRaw(server.url, head);
  for (let sent = 0; sent < 8; sent++) {
    await write(connection, chunk(LINE));
    await delay(400);
  }
  await write(connection, "0\r\n\r\n");
  assert.match(await readHead(connection, 30_000), /^HTTP\/1\.1 200 /);
});

Deno.test("a body that keeps up is taken in, however long it takes in all", async () => {
  await using server = await startServer({ bodyPauseMs: 1_500, bodyBytesPerSecond: 10 });
  using connection = await sendRaw(server.url, `POST /polls HTTP/1.1\r\nContent-Type: application/json\r\n${HEAD}\r\n`);
  for (let sent = 0; sent < 10; sent++) {
    await write(connection, chunk(" ".repeat(10)));
    await delay(300);
  }
  await write(connection, `${chunk("[]")}0\r\n\r\n`);
  assert.match(await readHead(connection, 30_000), /^HTTP\/1\.1 200 /);
});

Deno.test("a head that is too long, or has too many fields, is refused", async () => {
  await using server = await startServer();
  const heads = [
    `X: ${"x".repeat(1_000_000)}\r\n`,
    "X: x\r\n".repeat(300),
  ];
  for (const fields of heads) {
    using connection = await sendRaw(server.url, "");
    await write(connection, `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`).catch(() => {});
    assert.doesNotMatch(await readHead(connection, 5_000), /^HTTP\/1\.1 2/);
  }
});
