/// <reference lib="deno.worker" />
import { connect } from "../src/db/connection/client.ts";
import type { ComputeChunk } from "../src/report/chunk.ts";
import { chunkComputer } from "../src/report/compute_chunk.ts";
import { daysComputer } from "../src/trends/compute_days.ts";
import type { ComputeDays } from "../src/trends/days_task.ts";
import { type Done, type FromWorker, type Job, toPosted, type ToWorker } from "./protocol.ts";

interface Computers {
  readonly chunk: ComputeChunk;
  readonly days: ComputeDays;
}

let computers: Computers | undefined;

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "open") {
    const sql = connect(data.address, { max: 1, name: `storewatch worker ${data.worker}` });
    computers = {
      chunk: chunkComputer(sql, data.worker, data.zoneRules),
      days: daysComputer(sql, data.zoneRules),
    };
    return;
  }
  try {
    if (computers === undefined) throw new Error("A worker got a job before the address of Postgres");
    const done = await doJob(data, computers);
    answer({ ok: true, done }, buffersOf(done));
  } catch (error) {
    answer({ ok: false, error: toPosted(error) });
  }
};

async function doJob(job: Job, { chunk, days }: Computers): Promise<Done> {
  return job.kind === "chunk"
    ? { kind: "chunk", result: await chunk(job.chunk) }
    : { kind: "days", months: await days(job.task) };
}

/** What is handed over rather than copied. */
function buffersOf(done: Done): Transferable[] {
  if (done.kind === "days") return [];
  const { batch, csv } = done.result;
  return [batch.buffer, ...csv === undefined ? [] : [csv.buffer]];
}

function answer(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
