import assert from "node:assert/strict";
import type { App } from "../../src/http/app.ts";
import { openService, statusOf, trigger } from "../support/http_service.ts";

interface Event {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Reads events until the service ends them. */
async function* eventsOf(app: App, id: string, headers: Record<string, string> = {}): AsyncGenerator<Event> {
  const answer = await app.request(`/reports/${id}/events`, { headers });
  assert.equal(answer.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.ok(answer.body);
  let text = "";
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + part).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks.filter((block) => block.includes("event: "))) yield parse(block);
  }
}

function parse(block: string): Event {
  const field = (name: string) =>
    block.split("\n").find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  return { id: field("id") ?? "", event: field("event") ?? "", data: JSON.parse(field("data") ?? "") };
}

Deno.test("the events of a report", async (t) => {
  await using service = await openService();
  const { app } = service;

  await t.step("are progress while it is made, then completed, and then the stream ends", async () => {
    const id = await trigger(app);
    const events = eventsOf(app, id);
    const first = await events.next();
    assert.deepEqual([first.value?.event, first.value?.data.status], ["progress", "Started"]);
    const [rest] = await Promise.all([Array.fromAsync(events), service.make(id)]);
    assert.ok(rest.slice(0, -1).every(({ event }) => event === "progress"));
    const last = rest.at(-1);
    assert.deepEqual([last?.event, last?.data.status, last?.data.rows], ["completed", "Completed", 3]);
    assert.equal(new Set(rest.map(({ id }) => id)).size, rest.length, "no event comes twice");
  });

  await t.step("give the last one at once to those who come late", async () => {
    const id = await service.report();
    const events = await Array.fromAsync(eventsOf(app, id));
    assert.deepEqual(events.map(({ event }) => event), ["completed"]);
    const lastEventId = events[0]?.id ?? "";
    assert.equal(
      await statusOf(app.request(`/reports/${id}/events`, { headers: { "Last-Event-ID": lastEventId } })),
      204,
    );
  });

  await t.step("tell of a report that is cancelled or has failed", async () => {
    const cancelled = await trigger(app);
    const events = eventsOf(app, cancelled);
    await events.next();
    await statusOf(app.request(`/reports/${cancelled}`, { method: "DELETE" }));
    assert.deepEqual((await Array.fromAsync(events)).map(({ event }) => event), ["cancelled"]);
    const failed = await trigger(app);
    await service.make(failed, { reportsFolder: "/nowhere" });
    const [event] = await Array.fromAsync(eventsOf(app, failed));
    assert.equal(event?.event, "failed");
    assert.match(String(event?.data.reason), /folder does not exist/);
  });

  await t.step("reach fifty listeners over one connection", async () => {
    const id = await trigger(app);
    const streams = Array.from({ length: 50 }, () => eventsOf(app, id));
    await Promise.all(streams.map((events) => events.next()));
    const [row] = await service.sql`select count(*)::integer as listening from pg_stat_activity
      where query ilike 'listen%' and datname = current_database()`;
    assert.equal(row?.listening, 1);
    const [ended] = await Promise.all([
      Promise.all(streams.map((events) => Array.fromAsync(events))),
      service.make(id),
    ]);
    assert.ok(ended.every((events) => events.at(-1)?.event === "completed"));
  });

  await t.step("go on after the listening connection was lost", async () => {
    const id = await trigger(app);
    const events = eventsOf(app, id);
    await events.next();
    await service.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query ilike 'listen%' and datname = current_database()`;
    await service.make(id);
    assert.equal((await Array.fromAsync(events)).at(-1)?.event, "completed");
  });

  await t.step("end when the client goes away", async () => {
    const events = eventsOf(app, await trigger(app));
    await events.next();
    await events.return(undefined);
  });

  await t.step("end when the report is deleted, or the service stops", async () => {
    const id = await trigger(app);
    const deleted = eventsOf(app, id);
    await deleted.next();
    await service.sql`delete from reports where report_id = ${id}`;
    assert.deepEqual(await Array.fromAsync(deleted), []);
    const stopped = eventsOf(app, await trigger(app));
    await stopped.next();
    const late = await trigger(app);
    await service.events.close();
    assert.deepEqual(await Array.fromAsync(stopped), []);
    assert.deepEqual(await Array.fromAsync(eventsOf(app, late)), []);
  });
});
