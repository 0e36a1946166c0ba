import { scaled } from "../decimal.ts";

/** Digits of a percentage after the point. */
const DIGITS = 4;

/** 100 %, in ten-thousandths of a percent. */
const ALL = 100n * 10n ** BigInt(DIGITS);

export const TARGET_FORM = `a number from 0 to 100 with at most ${DIGITS} decimals`;

/**
 * Reads a target: the share of its scheduled time that a store should be up, in percent.
 *
 * @returns its digits, without zeros that say nothing; undefined if it is no such number
 */
export function parseTarget(text: string): string | undefined {
  return /^\d{1,3}(?:\.\d{1,4})?$/.test(text) && Number(text) <= 100 ? String(Number(text)) : undefined;
}

/** What a budget follows from, in microseconds. */
export interface Budgeted {
  readonly scheduled: number | bigint;
  readonly down: number | bigint;
}

/**
 * How much more downtime a target allows, in microseconds: ⌊scheduled × (100 − target) ÷ 100⌋ − down. Below 0 if the target is missed.
 *
 * @param target as `parseTarget` gives it
 */
export function budgetOf({ scheduled, down }: Budgeted, target: string): bigint {
  return BigInt(scheduled) * (ALL - scaled(target, DIGITS)) / ALL - BigInt(down);
}
