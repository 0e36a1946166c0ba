import type { MiddlewareHandler } from "hono";
import type { HttpEnv, Limits } from "../deps.ts";
import { Problem } from "./problem.ts";
import { type ReducedJson, reducedJson } from "./reduced_json.ts";
import { decode } from "./text_lines.ts";

/** A body's bytes as they come. A body that breaks off, or that pauses for too long, is a problem of the client's. */
export async function* bodyChunks(request: Request, { bodyPauseMs }: Limits): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await withPatience(reader.read(), bodyPauseMs);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function withPatience<Result>(reading: Promise<Result>, ms: number): Promise<Result> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Problem("body-timeout", `Nothing came for ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([reading, timeout]);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem("malformed-body", "The body broke off", { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a body of limited size as text. */
export async function bodyText(request: Request, limits: Limits): Promise<string> {
  refuseTooLarge(Number(request.headers.get("content-length") ?? 0), limits);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for await (const chunk of bodyChunks(request, limits)) {
    refuseTooLarge(bytes += chunk.length, limits);
    text += decode(decoder, chunk);
  }
  return text + decode(decoder);
}

function refuseTooLarge(bytes: number, { jsonBytes }: Limits): void {
  if (bytes > jsonBytes) throw new Problem("body-too-large", `A JSON body may have ${jsonBytes} bytes`);
}

/** The media type of a request's body, without parameters, in lower case. */
export function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/**
 * Reads a JSON body within its limit, and leaves its text for the handler, which may parse it piece by piece. A body of another
 * type that the route takes is left as it is.
 */
export function laterJson(limits: Limits, ...others: string[]): MiddlewareHandler<HttpEnv> {
  return async function laterJson(c, next) {
    const request = c.req.raw;
    const type = mediaType(request);
    if (type === "application/json") {
      c.set("jsonText", await bodyText(request, limits));
      // The validator of the route parses what it gets.
      c.req.raw = withBody(request, request.headers, "[]");
    } else if (!others.includes(type)) throw unsupported(["application/json", ...others]);
    await next();
  };
}

/** The problem of a body whose type is not among those that are taken. */
export function unsupported(types: readonly string[]): Problem {
  return new Problem("unsupported-media-type", `Content-Type must be one of ${types.join(", ")}`);
}

/** Only JSON is parsed. */
async function reducedBody(request: Request, text: string): Promise<ReducedJson> {
  return mediaType(request) === "application/json" ? await reducedJson(text) : { text, omitted: 0 };
}

function withBody({ url, method }: Request, headers: Headers, body: string): Request {
  return new Request(url, { method, headers, body });
}

/** Lets a route's JSON body be empty, whatever its Content-Type then says: curl -d '' and many clients name a form. */
export function jsonOrNothing(limits: Limits): MiddlewareHandler<HttpEnv> {
  return async function jsonOrNothing(c, next) {
    const headers = new Headers(c.req.raw.headers);
    const text = await bodyText(c.req.raw, limits);
    const isEmpty = text.trim() === "";
    if (isEmpty) headers.set("Content-Type", "application/json");
    const { text: json, omitted } = isEmpty ? { text: "{}", omitted: 0 } : await reducedBody(c.req.raw, text);
    c.set("omittedMembers", omitted);
    c.req.raw = withBody(c.req.raw, headers, json);
    await next();
  };
}
