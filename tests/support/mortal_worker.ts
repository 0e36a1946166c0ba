/// <reference lib="deno.worker" />
import "../../workers/chunk_worker.ts";

/** Works as a chunk worker, but dies of the third chunk that any of its kind is given. */
const answer = self.onmessage;
self.onmessage = (event) => {
  if (event.data.kind === "chunk" && event.data.ticket === 3) throw new Error("The worker dies");
  answer?.call(self, event);
};
