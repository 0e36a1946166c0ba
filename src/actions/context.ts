import type { ChangeSource } from "../db/audit/audit.ts";
import type { Sql } from "../db/connection/client.ts";

/*
 * Everything that changes data is an action: one function a file, with the actor in its context. HTTP, pages and commands call actions,
 * and never write through the database by themselves.
 */

/** What every action needs. */
export interface ActionContext extends ChangeSource {
  readonly sql: Sql;
}
