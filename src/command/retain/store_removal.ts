import type { Sql } from "../../db/connection/client.ts";
import { removeStore } from "../../actions/remove_store.ts";
import { storeContents } from "../../db/polls/remove_store.ts";
import { counted } from "../../domain/counted.ts";
import type { Removal } from "./confirm.ts";

/**
 * A store that exists by mistake, with its polls and hours.
 *
 * @throws {Error} if there is no such store
 */
export async function storeRemoval(sql: Sql, storeId: string): Promise<Removal> {
  const contents = await storeContents(sql, storeId);
  if (contents === undefined) throw new Error(`There is no store ${JSON.stringify(storeId)}: check the id`);
  const { polls, hours, timezone = "no time zone" } = contents;
  return {
    lines: [`store ${storeId}: ${counted(polls, "poll")}, ${counted(hours, "row")} of business hours, ${timezone}`],
    async carryOut() {
      await removeStore({ sql, actor: "command" }, storeId);
      return `store ${storeId} removed. Existing reports keep its rows`;
    },
  };
}
