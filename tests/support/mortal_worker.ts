/// <reference lib="deno.worker" />
import "../../workers/chunk_worker.ts";

/** Works as a chunk worker, but dies of the third chunk that any of its kind is given. */
self.addEventListener("message", (event) => {
  const { data } = event as MessageEvent;
  if (data.kind === "chunk" && data.ticket === 3) throw new Error("The worker dies");
});
