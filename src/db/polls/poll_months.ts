import type { Micros } from "../../domain/time/interval.ts";
import type { Sql } from "../connection/client.ts";

/** Whether some store has polls in a month that is over before an instant. */
export async function hasPollsBefore(sql: Sql, instant: Micros): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`
    select exists (select from poll_months where month < month_of(instant(${instant}))) as "some"`;
  return row?.some ?? false;
}
