import assert from "node:assert/strict";
import { Unreadable, type ValueKind } from "../../src/ingest/values/value.ts";

/** What a kind makes of a text, with the codes of the notices that it took. */
export function readValue<Value>(kind: ValueKind<Value>, text: string): { value: Value | Unreadable; noted: string[] } {
  const noted: string[] = [];
  return { value: kind.read(text, ({ code }) => noted.push(code)), noted };
}

/** Each text is read as its value, and without a notice, if a table says nothing else. */
export function reads<Value>(
  kind: ValueKind<Value>,
  values: Readonly<Record<string, Value>>,
  notices: readonly string[] = [],
): void {
  for (const [text, value] of Object.entries(values)) {
    assert.deepEqual(readValue(kind, text), { value, noted: [...notices] }, JSON.stringify(text));
  }
}

/** Each text is refused with its code, and a reason that reads on after the value. */
export function refuses(kind: ValueKind<unknown>, codes: Readonly<Record<string, string>>): void {
  for (const [text, code] of Object.entries(codes)) {
    const { value, noted } = readValue(kind, text);
    assert.ok(value instanceof Unreadable, `${JSON.stringify(text)} is read as ${value}`);
    assert.equal(value.code, code, JSON.stringify(text));
    assert.match(value.reason, /^[a-z].{8,}[^.]$/);
    assert.deepEqual(noted, []);
  }
}

/** The reason for which a text is refused. */
export function reasonOf(kind: ValueKind<unknown>, text: string): string {
  const { value } = readValue(kind, text);
  return value instanceof Unreadable ? value.reason : assert.fail(`${JSON.stringify(text)} is read as ${value}`);
}
