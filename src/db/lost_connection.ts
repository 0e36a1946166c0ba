/** postgres.js' and the socket's codes for a connection that broke, or that could not be made. */
const CODES = /^(CONNECTION_|CONNECT_|ECONN|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND)/;

/** Postgres' classes: 08 connection exception, 57P0x shut down or starting up; 22023 and 55000 when a snapshot's owner is gone. */
const SQLSTATES = /^(08...|57P0.|22023|55000)$/;

/** Whether an error says that Postgres went away, rather than that something is wrong with a statement. */
export function isLostConnection(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return CODES.test(code) || SQLSTATES.test(code);
}
