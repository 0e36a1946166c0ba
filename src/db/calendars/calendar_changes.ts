import type { AuditAction } from "../../domain/audited.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Sql } from "../connection/client.ts";

const ACTIONS: readonly AuditAction[] = [
  "hours.put",
  "special_hours.put",
  "special_hours.remove",
  "exclusion.add",
  "exclusion.change",
  "exclusion.withdraw",
];

const KINDS = ["hours", "special-hours", "exclusions", "timezones"];

/** When a calendar last changed after an instant, by a file, over HTTP or on a page. Undefined if none has. */
export async function calendarsChangedAfter(sql: Sql, instant: Micros): Promise<Micros | undefined> {
  const [row] = await sql<{ at: Micros | null }[]>`
    select micros(greatest(
      (
        select max(at) from audit where at > instant(${instant})
          and (action = any(${[...ACTIONS]}::text[]) or action = 'store.change' and after ? 'timezone')
      ),
      (
        select max(finished_at) from imports
        where finished_at > instant(${instant}) and changed > 0 and kind = any(${[...KINDS]}::text[])
      )
    )) as at`;
  return row?.at ?? undefined;
}
