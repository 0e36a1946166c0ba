import { withoutKeys } from "./domain/access/key_pattern.ts";
import { codeOf } from "./error_code.ts";
import { plainText } from "./plain_text.ts";

export type LogLevel = "info" | "warn" | "error";

/** Writes one event. Fields that are undefined are left out; an error is written with its causes. */
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;

/** Logs one JSON line an event, to the writer that is given. Nothing in it can end the line or command a terminal, and no key stands in it. */
export function jsonLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  return (level, message, fields = {}) =>
    write(plainText(withoutKeys(JSON.stringify({ time: now().toISOString(), level, message, ...fields }, plain))));
}

/** Logs nothing. */
export const silentLog: Log = (): void => {};

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, code: codeOf(value), stack: value.stack, cause: value.cause };
}
