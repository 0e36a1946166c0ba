import { type TagFilter, tidyFilter } from "../../domain/tags/tag_filter.ts";
import type { HttpEnv } from "../deps.ts";

/** The service as it is for those who see some stores. */
export interface World {
  fetch(request: Request, bindings: HttpEnv["Bindings"]): Response | Promise<Response>;
}

/** More filters at a time are possible: the one that was used least recently is then opened again when it is needed. */
const MOST = 16;

/** A world for each filter. Keys with the same filter share one. */
export class Worlds {
  readonly #open: (where: TagFilter) => World;
  readonly #worlds = new Map<string, World>();

  constructor(open: (where: TagFilter) => World) {
    this.#open = open;
  }

  of(where: TagFilter): World {
    const name = JSON.stringify(tidyFilter(where));
    const world = this.#worlds.get(name) ?? this.#open(where);
    this.#worlds.delete(name);
    this.#worlds.set(name, world);
    const [oldest] = this.#worlds.keys();
    if (this.#worlds.size > MOST && oldest !== undefined) this.#worlds.delete(oldest);
    return world;
  }
}
