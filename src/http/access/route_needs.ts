import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import { isScope, type Need } from "../../domain/access/scope.ts";
import { needOf } from "../../web/access/needs.ts";
import type { HttpEnv } from "../deps.ts";

/** Middlewares match every path under this method, and answer nothing by themselves. */
const ANY = "ALL";

type NamedNeed = readonly [route: string, need: Need];

/** What each route needs, by its method and path. If a route says nothing, only an admin gets an answer. */
export class RouteNeeds {
  readonly #app: OpenAPIHono<HttpEnv>;
  #all: ReadonlyMap<string, readonly Need[]> | undefined;

  constructor(app: OpenAPIHono<HttpEnv>) {
    this.#app = app;
  }

  /** What a request needs: all of it. Empty: no route answers it. */
  of(c: Context): Need[] {
    const routes = matchedRoutes(c).filter(({ method }) => method !== ANY);
    return routes.flatMap((route) => this.all.get(nameOf(route)) ?? ["admin"]);
  }

  /** What all routes need. It is read at the first request, when all routes are there. */
  get all(): ReadonlyMap<string, readonly Need[]> {
    if (this.#all !== undefined) return this.#all;
    const groups = Map.groupBy([...this.#ofOperations(), ...this.#ofPages()], ([route]) => route);
    return this.#all = new Map([...groups].map(([route, needs]) => [route, needs.map(([, need]) => need)]));
  }

  #ofOperations(): NamedNeed[] {
    return this.#app.openAPIRegistry.definitions.flatMap((definition) => {
      if (definition.type !== "route") return [];
      const { method, path, security } = definition.route;
      const need = security === undefined ? undefined : needIn(security);
      const name = nameOf({ method: method.toUpperCase(), path: path.replaceAll(/\{(\w+)\}/g, ":$1") });
      return need === undefined ? [] : [[name, need] as const];
    });
  }

  #ofPages(): NamedNeed[] {
    return this.#app.routes.flatMap((route) => {
      const need = needOf(route.handler);
      return need === undefined ? [] : [[nameOf(route), need] as const];
    });
  }
}

function nameOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

/** Reads what `scope` wrote. */
function needIn(security: readonly Readonly<Record<string, readonly string[]>>[]): Need | undefined {
  const [first] = security;
  if (first === undefined) return "nothing";
  return Object.values(first).flat().find(isScope);
}
