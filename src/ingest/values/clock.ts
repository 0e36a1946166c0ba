/** The time of an instant, in parts that may be out of range. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Its digits as they are written. */
  readonly fraction: string;
}
