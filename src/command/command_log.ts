import { isLostConnection } from "../db/connection/lost_connection.ts";
import { jsonLog, type Log } from "../log.ts";
import { ReportFailure } from "../report/failure.ts";

/**
 * The log of a command that a person runs. It leaves out errors that the command's last line explains: a lost connection to
 * Postgres, and a failed report whose reason says everything.
 */
export function commandLog(tell: (line: string) => void): Log {
  const log = jsonLog(tell);
  return (level, message, fields = {}) => {
    if (!isExplained(fields.error)) log(level, message, fields);
  };
}

function isExplained(error: unknown): boolean {
  return isLostConnection(error) || error instanceof ReportFailure && error.cause === undefined;
}
