import type { Sql } from "../db/connection/client.ts";
import type { Actor } from "../domain/actor.ts";

/*
 * Everything that changes data is an action: one function a file, with the actor in its context. HTTP, pages and commands call actions,
 * and never write through the database by themselves.
 */

/** What every action needs. */
export interface ActionContext {
  readonly sql: Sql;
  readonly actor: Actor;
}
