import { InvalidArgumentError } from "commander";
import { parseStaleAfter, STALE_AFTER_FORM } from "../domain/polls/stale_after.ts";
import { parseAsOf } from "../domain/time/instant.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import type { Micros } from "../domain/time/interval.ts";
import { windowFaults } from "../domain/time/window_list.ts";

/** Reads a whole number of an option. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Reads `--stale-after`. */
export function staleAfter(value: string): Micros {
  const parsed = parseStaleAfter(value);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError(`It must be ${STALE_AFTER_FORM}.`);
}

/** Reads an instant, or a date, which means 00:00 UTC of that day. */
export function instantOrDate(value: string): Micros {
  const parsed = parseAsOf(value);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError("It must be a date such as 2023-01-01, or an instant such as 2023-01-25T18:13:22Z.");
}

/** Reads `--windows`: names between commas. */
export function windowList(value: string): WindowName[] {
  const names = value.split(",").map((name) => name.trim());
  const [fault] = windowFaults(names);
  if (fault === undefined) return names;
  const { window, reason } = fault;
  throw new InvalidArgumentError(`${window === undefined ? "It" : `"${window}"`} ${reason}.`);
}
