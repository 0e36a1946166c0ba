import { codeOf } from "../../error_code.ts";

/** postgres.js' and the socket's codes for a connection that broke or could not be made; ours for what ended with one. */
const CODES = /^(CONNECTION_|CONNECT_|SNAPSHOT_GONE|ECONN|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND)/;

/** Postgres' classes: 08 connection exception, 57P0x shut down or starting up; 53300 too many connections. */
const SQLSTATES = /^(08...|57P0.|53300)$/;

/** Ours for a connection that was given up before anything was sent. */
export const STALE = "CONNECTION_STALE";

/** Whether an error says that Postgres went away, rather than that something is wrong with a statement. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return CODES.test(code) || SQLSTATES.test(code);
}
