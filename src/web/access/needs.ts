import type { MiddlewareHandler } from "hono";
import type { Need } from "../../domain/access/scope.ts";

const needsOf = new WeakMap<object, Need>();

/** Says beside a page's path what it needs. The door reads it before anything else looks at the request. */
export function needs(need: Need): MiddlewareHandler {
  const marker: MiddlewareHandler = (_, next) => next();
  needsOf.set(marker, need);
  return marker;
}

/** What a handler says that its path needs; undefined if it says nothing. */
export function needOf(handler: object): Need | undefined {
  return needsOf.get(handler);
}
