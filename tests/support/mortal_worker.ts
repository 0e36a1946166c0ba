/// <reference lib="deno.worker" />
import "../../workers/chunk_worker.ts";

/** Works as a chunk worker, but dies of the first third chunk that it is given. After that, the file of its `mark` is there. */
self.addEventListener("message", (event) => {
  const { data } = event as MessageEvent;
  const mark = new URL(self.location.href).searchParams.get("mark") ?? "";
  if (data.kind !== "chunk" || data.chunk.number !== 3 || isThere(mark)) return;
  Deno.writeTextFileSync(mark, "");
  throw new Error("The worker dies");
});

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
