import assert from "node:assert/strict";
import { Traffic } from "../../src/db/connection/traffic.ts";

const encoder = new TextEncoder();

/** A message as Postgres and its clients send it. */
function message(type: string, body: string | Uint8Array = ""): Uint8Array {
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  const whole = new Uint8Array(bytes.length + 5);
  whole.set(encoder.encode(type));
  new DataView(whole.buffer).setUint32(1, bytes.length + 4);
  whole.set(bytes, 5);
  return whole;
}

function startup(): Uint8Array {
  const whole = new Uint8Array([
    0,
    0,
    0,
    0,
    0,
    3,
    0,
    0,
    ...encoder.encode("user\0me\0\0"),
  ]);
  new DataView(whole.buffer).setUint32(0, whole.length);
  return whole;
}

const READY = message("Z", "I");
const ROW = message("D", "x".repeat(100));
const ERROR = message("E", "SERROR\0VERROR\0C22012\0\0");
const FATAL = message("E", "SFATAL\0VFATAL\0C57P01\0\0");

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

/** A connection that Postgres has taken in. */
function connected(): Traffic {
  const traffic = new Traffic();
  traffic.send(startup());
  traffic.receive(
    joined(
      message("R", "\0\0\0\0"),
      message("K", new Uint8Array([0, 0, 4, 210, 1, 2, 3, 4])),
      READY,
    ),
  );
  return traffic;
}

Deno.test("what was left of the connection before is noticed in front of the startup message", () => {
  assert.equal(new Traffic().areRemains(joined(message("Q", "select 1\0"), startup())), true);
  assert.equal(new Traffic().areRemains(startup()), false);
  assert.equal(connected().areRemains(message("Q", "select 1\0")), false);
});

Deno.test("the backend's process id is known from the start of a connection", () => {
  assert.equal(connected().backend, 1234);
});

Deno.test("an answer is due from a query to the message that ends it", () => {
  const traffic = connected();
  assert.equal(traffic.isAwaiting, false);
  traffic.send(joined(message("P"), message("B"), message("E"), message("S")));
  traffic.receive(ROW);
  assert.equal(traffic.isAwaiting, true);
  traffic.send(message("Q", "select\0"));
  traffic.receive(READY);
  assert.equal(traffic.isAwaiting, true, "there were two queries");
  traffic.receive(READY);
  assert.equal(traffic.isAwaiting, false);
});

Deno.test("an answer is due from a flush to the next message", () => {
  const traffic = connected();
  traffic.send(joined(message("P"), message("H")));
  assert.equal(traffic.isAwaiting, true);
  traffic.receive(message("t", "\0\0"));
  assert.equal(traffic.isAwaiting, false);
});

Deno.test("postgres.js does not see the end of a connection as an error of the query after it", () => {
  const stream = joined(ROW, FATAL);
  for (let cut = 1; cut < stream.length; cut++) {
    const traffic = connected();
    const shown = [stream.subarray(0, cut), stream.subarray(cut)].map((part) => traffic.receive(part));
    assert.deepEqual(joined(...shown), ROW, `cut at ${cut}`);
  }
});

Deno.test("an error of a statement is seen, and so is one before the connection is ready", () => {
  assert.deepEqual(
    connected().receive(joined(ERROR, READY)),
    joined(ERROR, READY),
  );
  const early = new Traffic();
  early.send(startup());
  assert.deepEqual(early.receive(FATAL), FATAL);
});

Deno.test("bytes pass as they are, wherever the network cuts them", () => {
  const stream = joined(ROW, ERROR, READY, ROW, READY);
  for (let cut = 1; cut < stream.length; cut++) {
    const traffic = connected();
    const shown = [stream.subarray(0, cut), stream.subarray(cut)].map((part) => traffic.receive(part));
    assert.deepEqual(joined(...shown), stream, `cut at ${cut}`);
  }
});

Deno.test("the answer to a ping is not seen, but that of a query behind it is", () => {
  const traffic = connected();
  assert.deepEqual(traffic.ping(), message("S"));
  assert.equal(traffic.isAwaiting, true);
  traffic.send(message("Q", "select\0"));
  assert.deepEqual(
    joined(traffic.receive(joined(READY, ROW, READY))),
    joined(ROW, READY),
  );
  assert.equal(traffic.isAwaiting, false);
});
