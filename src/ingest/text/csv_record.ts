/** A row of a CSV file. */
export interface CsvRecord {
  /** The line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}
