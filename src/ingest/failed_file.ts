import type { Import } from "../db/imports/imports.ts";
import { InputError } from "./faults/input_error.ts";

/** A file that failed. It changed nothing but its own record, whose rejects can be read. */
export class FailedFile extends InputError {
  override name = "FailedFile";
  readonly record: Import;

  constructor(record: Import, cause: InputError) {
    super(cause.message, { cause });
    this.record = record;
  }
}
