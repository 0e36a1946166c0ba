/** A report cannot be made, for a reason that whoever asked for it may read. Keeps its cause for the log. */
export class ReportFailure extends Error {
  override name = "ReportFailure";
}

/** A report was cancelled or deleted, or another process has taken it up: this run of it must stop and write nothing. */
export class ReportLost extends Error {
  override name = "ReportLost";
}
