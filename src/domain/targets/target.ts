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

/** A budget, exact: microseconds × ten-thousandths of a percent. Sums are rounded once, when they are written. */
export type ExactBudget = bigint;

/**
 * How much more downtime a target allows: scheduled × (100 − target) ÷ 100 − down. Below 0 if the target is missed.
 *
 * @param target as `parseTarget` gives it
 */
export function exactBudget({ scheduled, down }: Budgeted, target: string): ExactBudget {
  return BigInt(scheduled) * (ALL - scaled(target, DIGITS)) - BigInt(down) * ALL;
}

/** A budget in microseconds, rounded down. */
export function roundBudget(exact: ExactBudget): bigint {
  // Division of bigints rounds towards 0.
  return exact / ALL - (exact % ALL < 0n ? 1n : 0n);
}

/** The budget of one store in microseconds, rounded down. */
export function budgetOf(budgeted: Budgeted, target: string): bigint {
  return roundBudget(exactBudget(budgeted, target));
}
