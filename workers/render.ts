import type { Rendering } from "../src/report/result/rendered_file.ts";
import { fromPosted, type FromRenderWorker } from "./protocol.ts";
import { WorkerDied } from "./pool.ts";
import { renderingRights } from "./rights.ts";

const SCRIPT = new URL("./render_worker.ts", import.meta.url);

/** Renders in a worker of its own, so that requests need not wait meanwhile, and its memory is free afterwards. */
export async function renderInWorker(rendering: Rendering): Promise<void> {
  const { promise: answered, resolve, reject } = Promise.withResolvers<FromRenderWorker>();
  const permissions = renderingRights(rendering.folder);
  const thread = new Worker(SCRIPT, { type: "module", name: "render worker", deno: { permissions } });
  thread.onmessage = ({ data }: MessageEvent<FromRenderWorker>) => resolve(data);
  thread.onerror = (event) => {
    event.preventDefault();
    reject(new WorkerDied(`The render worker died: ${event.message}`));
  };
  thread.postMessage(rendering);
  try {
    const answer = await answered;
    if (!answer.ok) throw fromPosted(answer.error);
  } finally {
    thread.terminate();
  }
}
