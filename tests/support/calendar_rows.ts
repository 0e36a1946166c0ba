import type { Sql } from "../../src/db/connection/client.ts";

export const SPECIAL = "store_id,date,start_time_local,end_time_local,reason";
export const EXCLUSIONS = "store_id,from,to,kind,reason";
export const DATED_HOURS = "store_id,valid_from,day,start_time_local,end_time_local";

/** Versions of hours as `store date day start-end`, `store date closed` for a version without rows; sorted. */
export async function storedVersions(sql: Sql): Promise<string[]> {
  return await texts(sql`
    select store_id || ' ' || valid_from || ' ' || coalesce(day || ' ' || start_time || '-' || end_time, 'closed') as text
    from hours_versions join stores using (store_key) left join business_hours using (store_key, valid_from) order by 1`);
}

/** Special hours as `store date start-end,… (reason)`, `*` for all stores; sorted. */
export async function storedSpecialHours(sql: Sql): Promise<string[]> {
  return await texts(sql`
    select coalesce(store_id, '*') || ' ' || date || ' ' || coalesce((
        select string_agg(starts || '-' || ends, ',') from unnest(start_times, end_times) as times (starts, ends)
      ), 'closed') || coalesce(' (' || reason || ')', '') as text
    from special_hours left join stores using (store_key) order by 1`);
}

/** Exclusions as `store from to kind (reason)`, with ` withdrawn` if they are; sorted. */
export async function storedExclusions(sql: Sql): Promise<string[]> {
  return await texts(sql`
    select coalesce(store_id, '*') || ' ' || written_from || ' ' || written_to || ' ' || kind || ' (' || reason || ')'
      || case when withdrawn_at is null then '' else ' withdrawn' end as text
    from exclusions left join exclusion_stores using (exclusion_id) left join stores using (store_key)
    where for_all or store_id is not null order by 1`);
}

/** What is known of stores themselves, as `store name sales target tags`. */
export async function storedDetails(sql: Sql): Promise<string[]> {
  return await texts(sql`
    select concat_ws(' ', store_id, coalesce(name, '-'), coalesce(sales_per_hour::text, '-'),
      coalesce(target_percent::text, '-'), tags::text) as text
    from stores order by 1`);
}

/** The packed calendars that reports read. */
export async function packedCalendars(sql: Sql): Promise<string[]> {
  return await texts(sql`
    select concat_ws('|', store_id, coalesce(encode(hours, 'hex'), '-'), coalesce(encode(special_hours, 'hex'), '-'),
      coalesce(encode(exclusions, 'hex'), '-')) as text from stores
    union all
    select concat_ws('|', '*', coalesce(encode(special_hours, 'hex'), '-'), coalesce(encode(exclusions, 'hex'), '-'))
    from all_stores order by 1`);
}

async function texts(query: PromiseLike<readonly { text: string }[]>): Promise<string[]> {
  return (await query).map(({ text }) => text);
}
