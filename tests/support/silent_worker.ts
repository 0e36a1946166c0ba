/// <reference lib="deno.worker" />

/** Takes chunks and never answers. */
self.onmessage = () => {};
