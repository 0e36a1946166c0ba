import type { MiddlewareHandler } from "hono";
import type { HttpEnv, Limits } from "../deps.ts";
import { FORM_TYPES, formAsJson, isFormType } from "./form_body.ts";
import { Problem } from "./problem.ts";
import { type ReducedJson, reducedJson } from "./reduced_json.ts";
import { decode } from "./text_lines.ts";
import { short } from "./validation.ts";

/** A body's bytes as they come. A body that breaks off, pauses for too long or trickles in is a problem of the client's. */
export async function* bodyChunks(request: Request, limits: Limits): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  const pace = new Pace(limits);
  try {
    for (;;) {
      const { done, value } = await pace.keep(reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** How long a body may take: a pause at a time, and in all one more pause than its bytes take at the least speed. */
class Pace {
  readonly #pauseMs: number;
  readonly #msPerByte: number;
  #bytes = 0;
  /** Only what was waited for the client: a database that is busy is not its fault. */
  #waitedMs = 0;

  constructor({ bodyPauseMs, bodyBytesPerSecond }: Limits) {
    this.#pauseMs = bodyPauseMs;
    this.#msPerByte = bodyBytesPerSecond === 0 ? Infinity : 1_000 / bodyBytesPerSecond;
  }

  /** @throws {Problem} if the bytes come too late */
  async keep(reading: Promise<ReadableStreamReadResult<Uint8Array>>): Promise<ReadableStreamReadResult<Uint8Array>> {
    const startedAt = performance.now();
    const ownMs = this.#bytes === 0 ? 0 : this.#bytes * this.#msPerByte;
    const left = this.#pauseMs + ownMs - this.#waitedMs;
    const why = left < this.#pauseMs
      ? `Only ${this.#bytes} bytes came in ${Math.round((this.#waitedMs + left) / 1000)} s`
      : `Nothing came for ${this.#pauseMs / 1000} s`;
    const result = await withPatience(reading, { ms: Math.max(0, Math.min(this.#pauseMs, left)), why });
    this.#waitedMs += performance.now() - startedAt;
    this.#bytes += result.value?.length ?? 0;
    return result;
  }
}

async function withPatience<Result>(
  reading: Promise<Result>,
  { ms, why }: { ms: number; why: string },
): Promise<Result> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Problem("body-timeout", why)), ms);
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

const JSON_TYPE = "application/json";

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
    if (type === JSON_TYPE) {
      c.set("jsonText", await bodyText(request, limits));
      // The validator of the route parses what it gets.
      c.req.raw = withBody(request, request.headers, "[]");
    } else if (!others.includes(type)) throw unsupported(request, [JSON_TYPE, ...others]);
    await next();
  };
}

/** The problem of a body with an unsupported type. It quotes the header to add. */
export function unsupported(request: Request, [first, ...others]: readonly [string, ...string[]]): Problem {
  const type = mediaType(request);
  const came = type === "" ? "The body has no Content-Type" : `The body came as "${short(type)}"`;
  const or = others.length === 0 ? "" : `, or name what the body is: ${others.join(", ")}`;
  return new Problem("unsupported-media-type", `${came}. Add the header "Content-Type: ${first}"${or}`);
}

/** Much more than a calendar or a list of stores needs. */
const MOST_CALENDAR_BYTES = 1_048_576;

/** Reads a JSON body of a route that takes nothing else, within a limit of its own. */
export function calendarBody(limits: Limits): MiddlewareHandler<HttpEnv> {
  const jsonBytes = Math.min(limits.jsonBytes, MOST_CALENDAR_BYTES);
  return async function calendarBody(c, next) {
    const request = c.req.raw;
    if (mediaType(request) !== JSON_TYPE) throw unsupported(request, [JSON_TYPE]);
    c.req.raw = withBody(request, request.headers, await bodyText(request, { ...limits, jsonBytes }));
    await next();
  };
}

function withBody({ url, method }: Request, headers: Headers, body: string): Request {
  return new Request(url, { method, headers, body });
}

/**
 * Reads the parameters of a route as JSON. They come as JSON, as a form, or not at all; an empty body may have any
 * Content-Type, since curl -d '' and many clients name a form.
 */
export function parametersBody(limits: Limits): MiddlewareHandler<HttpEnv> {
  return async function parametersBody(c, next) {
    const request = c.req.raw;
    const { text, omitted } = await parametersOf(request, await bodyText(request, limits));
    c.set("omittedMembers", omitted);
    const headers = new Headers(request.headers);
    headers.set("Content-Type", JSON_TYPE);
    c.req.raw = withBody(request, headers, text);
    await next();
  };
}

async function parametersOf(request: Request, text: string): Promise<ReducedJson> {
  if (text.trim() === "") return { text: "{}", omitted: 0 };
  const type = mediaType(request);
  if (type === JSON_TYPE) return await reducedJson(text);
  if (!isFormType(type)) throw unsupported(request, [JSON_TYPE, ...FORM_TYPES]);
  // curl -d '{"precision": 2}' calls it a form.
  if (/^\s*[{[]/.test(text)) throw unsupported(request, [JSON_TYPE]);
  return { text: await formAsJson(text, request.headers.get("Content-Type") ?? ""), omitted: 0 };
}
