/** Why an action changes nothing. */
export type RefusalCode =
  | "unknown-store"
  | "unknown-special-hours"
  | "unknown-exclusion"
  | "exclusion-withdrawn"
  | "outside-your-stores"
  | "invalid";

/** A value that cannot be used. */
export interface InvalidValue {
  /** The name of the field, as `openings.0.start_time_local`. */
  readonly field: string;
  readonly value: unknown;
  /** Reads on after the value: "is longer than 64 characters: shorten it". */
  readonly reason: string;
}

/** Thrown if an action changes nothing. Its message is fit for people. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: RefusalCode;
  /** For `invalid`. */
  readonly values: readonly InvalidValue[];

  constructor(code: RefusalCode, message: string, values: readonly InvalidValue[] = []) {
    super(message);
    this.code = code;
    this.values = values;
  }
}

/** The refusal of values that cannot be used. */
export function invalid(...values: readonly InvalidValue[]): Refusal {
  return new Refusal("invalid", values.map(({ field, reason }) => `${field} ${reason}`).join("; "), values);
}
