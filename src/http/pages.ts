import { Hono, type MiddlewareHandler } from "hono";
import { type Assets, readAssets } from "../web/kit/asset.ts";
import { pages } from "../web/pages.ts";
import { problemPage } from "../web/kit/problem_page.tsx";
import type { HttpDeps, HttpEnv } from "./deps.ts";
import { wantsPage } from "./kit/negotiate.ts";
import { pageActions } from "./page_actions.ts";
import { ProblemJson } from "./kit/schemas.ts";

export interface Pages {
  readonly routes: Hono<HttpEnv>;
  readonly problems: MiddlewareHandler<HttpEnv>;
  /** The files that pages refer to. */
  readonly assets: () => Promise<Assets>;
}

/** The pages for people. If an address also has JSON, `Accept` decides. Without a preference, the answer is JSON. */
export function pagesFor(deps: HttpDeps): Pages {
  const assets = once(readAssets);
  const webDeps = { ...deps, waitingReports: deps.limits.waitingReports, wantsPage };
  return {
    routes: new Hono<HttpEnv>().route("/", pages(webDeps, assets)).route("/", pageActions(deps)),
    problems: problemsAsPages(deps, assets),
    assets,
  };
}

/** Turns every problem into a page for browsers. */
function problemsAsPages(deps: HttpDeps, assets: () => Promise<Assets>): MiddlewareHandler<HttpEnv> {
  return async function problemsAsPages(c, next) {
    await next();
    if (c.res.headers.get("Content-Type") !== "application/problem+json" || !wantsPage(c)) return;
    const { type, title, detail, request_id: requestId } = ProblemJson.parse(await c.res.json());
    const principal = c.get("principal");
    const isForAll = principal !== undefined && principal.where === undefined;
    c.res = await problemPage(isForAll ? deps : undefined, await assets(), {
      type,
      status: c.res.status,
      title,
      detail,
      requestId,
    });
  };
}

/** Reads once, on the first request. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => value ??= read();
}
