import type { App } from "../../src/http/app.ts";
import { jsonOf, statusOf } from "./http_service.ts";

/** What a request for a change came to. */
export interface Changed {
  readonly status: number;
  readonly etag: string;
  readonly json: Record<string, unknown>;
}

/** Asks for a change with a JSON body. */
export async function change(app: App, request: string, body: unknown, headers = {}): Promise<Changed> {
  const [method = "", path = ""] = request.split(" ");
  const init = { method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
  const answer = await app.request(path, init);
  return { status: answer.status, etag: answer.headers.get("etag") ?? "", json: await jsonOf(answer) };
}

/** Reads what can be changed, with its tag. */
export async function show(app: App, path: string): Promise<Changed> {
  const answer = await app.request(path);
  return { status: answer.status, etag: answer.headers.get("etag") ?? "", json: await jsonOf(answer) };
}

/** @returns the status */
export async function remove(app: App, path: string, headers = {}): Promise<number> {
  return await statusOf(app.request(path, { method: "DELETE", headers }));
}
