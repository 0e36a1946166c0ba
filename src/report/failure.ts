/** A report cannot be made. The message is fit for clients. The cause is for the log. */
export class ReportFailure extends Error {
  override name = "ReportFailure";
}

/** A report was cancelled or deleted, or another process has taken it up: this run of it must stop and write nothing. */
export class ReportLost extends Error {
  override name = "ReportLost";
}
