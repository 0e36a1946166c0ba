import { isLostConnection } from "../db/connection/lost_connection.ts";
import { jsonLog, type Log } from "../log.ts";
import { ReportFailure } from "../report/failure.ts";

/**
 * The log of a command that a person runs. It leaves out errors that the command explains in its last line: those that
 * have a reason for people and no cause that only a log can show, and a Postgres that went away.
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
