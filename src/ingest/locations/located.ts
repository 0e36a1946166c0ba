import { type Fault, shown } from "../faults/fault.ts";
import type { Unreadable } from "../values/value.ts";

/** A value of a JSON document, and where it stands: `[3].regularHours.periods[2].openTime`. */
export interface Located {
  readonly value: unknown;
  readonly place: string;
}

/** A field of an object; its value is undefined if it is not there, or null. */
export function field({ value, place }: Located, name: string): Located {
  const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return { value: found ?? undefined, place: place === "" ? name : `${place}.${name}` };
}

/** The items of a list; a value alone is a list of one. */
export function items({ value, place }: Located): Located[] {
  if (value === undefined) return [];
  return Array.isArray(value)
    ? value.map((item, index) => ({ value: item, place: `${place}[${index}]` }))
    : [{ value, place }];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isMissing({ value }: Located): boolean {
  return value === undefined;
}

export function faultAt({ value, place }: Located, { code, reason }: Unreadable): Fault {
  return { code, column: place, value: value === undefined ? "" : shown(textOf(value)), reason };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
