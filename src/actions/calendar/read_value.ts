import { Unreadable, type ValueKind } from "../../ingest/values/value.ts";
import { invalid, type InvalidValue } from "../refusal.ts";

/** Reads a field as files do. @throws {Refusal} if it cannot be used */
export function readValue<Value>(kind: ValueKind<Value>, field: string, text: string): Value {
  const value = kind.read(text.trim(), () => {});
  if (value instanceof Unreadable) throw invalid(fault(field, text, value));
  return value;
}

export function fault(field: string, value: unknown, { reason }: Unreadable): InvalidValue {
  return { field, value, reason };
}
