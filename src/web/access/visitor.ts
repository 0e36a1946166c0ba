import { AsyncLocalStorage } from "node:async_hooks";
import type { Principal } from "../../domain/access/principal.ts";

/** What the frame of every page knows of the request that the page is for. */
export interface Visitor {
  /** Anybody can use the service, because it was started so. */
  readonly isInsecure: boolean;
  /** The key or person that looks at the page. Undefined where nobody needs to say so. */
  principal?: Principal | undefined;
}

/** The visitor of the request in progress. */
export const visitor = new AsyncLocalStorage<Visitor>();
