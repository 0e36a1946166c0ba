/// <reference lib="deno.worker" />
import { renderFile, type Rendering } from "../src/report/result/rendered_file.ts";
import { type FromRenderWorker, toPosted } from "./protocol.ts";

self.onmessage = async ({ data }: MessageEvent<Rendering>) => {
  try {
    await renderFile(data);
    answer({ ok: true });
  } catch (error) {
    answer({ ok: false, error: toPosted(error) });
  }
};

function answer(message: FromRenderWorker): void {
  self.postMessage(message);
}
