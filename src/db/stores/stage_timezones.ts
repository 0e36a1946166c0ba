import type { Transaction } from "../connection/client.ts";
import { rejectNoOthers, StagedStores, type Staging, takeTurn } from "./staging.ts";
import { lockStores } from "./stores.ts";

export interface StagedTimezone {
  readonly storeId: string;
  /** The canonical name of an IANA zone. */
  readonly timezone: string;
}

/** Prepares to load a file of time zones. Of several rows of one store, the last in the file wins. */
export async function stageTimezones(tx: Transaction): Promise<Staging<StagedTimezone>> {
  const stores = await StagedStores.create(tx);
  await tx`
    create temporary table staged_timezones (position bigint generated always as identity, number integer, timezone text)
    on commit drop`;
  return {
    kind: "timezones",
    goodRows: tx`select number from staged_timezones`,
    stores,
    rejectOthers: rejectNoOthers,
    async add(rows) {
      await tx`
        insert into staged_timezones (number, timezone)
        select number, timezone
        from unnest(
          ${await stores.number(rows)}::integer[],
          ${rows.map(({ timezone }) => timezone)}::text[]
        ) with ordinality as zoned (number, timezone, position)
        order by position`;
    },
    async merge() {
      await takeTurn(tx, "timezones");
      await stores.provide();
      await lockStores(tx, tx`select store_key from staged_keys`);
      return await updateStores(tx);
    },
  };
}

async function updateStores(tx: Transaction): Promise<number> {
  const { count } = await tx`
    update stores set timezone = latest.timezone
    from (
      select distinct on (store_key) store_key, timezone
      from staged_timezones join staged_keys using (number)
      order by store_key, position desc
    ) latest
    where stores.store_key = latest.store_key and stores.timezone is distinct from latest.timezone`;
  return count;
}
