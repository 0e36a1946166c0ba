import type { Sql } from "../../db/connection/client.ts";
import { removeStore } from "../../actions/remove_store.ts";
import { type StoreContents, storeContents } from "../../db/polls/remove_store.ts";
import { counted } from "../../domain/counted.ts";
import type { Removal } from "./confirm.ts";

/**
 * A store that exists by mistake, with its polls and its calendar.
 *
 * @throws {Error} if there is no such store
 */
export async function storeRemoval(sql: Sql, storeId: string): Promise<Removal> {
  const contents = await storeContents(sql, storeId);
  if (contents === undefined) throw new Error(`There is no store ${JSON.stringify(storeId)}: check the id`);
  return {
    lines: [`store ${storeId}: ${contentsInWords(contents)}`],
    async carryOut() {
      await removeStore({ sql, actor: "command" }, storeId);
      return `store ${storeId} removed. Existing reports keep its rows`;
    },
  };
}

function contentsInWords({ polls, hours, specialDates, exclusions, timezone = "no time zone" }: StoreContents): string {
  return [
    counted(polls, "poll"),
    `${counted(hours, "row")} of business hours`,
    ...specialDates === 0 ? [] : [`special hours of ${counted(specialDates, "date")}`],
    ...exclusions === 0 ? [] : [counted(exclusions, "exclusion")],
    timezone,
  ].join(", ");
}
