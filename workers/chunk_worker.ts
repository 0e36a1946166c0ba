/// <reference lib="deno.worker" />
import { connect } from "../src/db/connection/client.ts";
import type { ComputeChunk } from "../src/report/chunk.ts";
import { chunkComputer } from "../src/report/compute_chunk.ts";
import { type FromWorker, toPosted, type ToWorker } from "./protocol.ts";

let compute: ComputeChunk | undefined;

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "open") {
    const sql = connect(data.address, { max: 1, name: `storewatch worker ${data.worker}` });
    compute = chunkComputer(sql, data.worker, data.zoneRules);
    return;
  }
  try {
    if (compute === undefined) throw new Error("A worker got a chunk before the address of Postgres");
    const result = await compute(data.chunk);
    answer({ ok: true, result }, [result.batch.buffer, ...result.csv === undefined ? [] : [result.csv.buffer]]);
  } catch (error) {
    answer({ ok: false, error: toPosted(error) });
  }
};

function answer(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
