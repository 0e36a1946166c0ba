-- What a key sees that is limited to stores with some tags. Its connections look for tables in `storewatch_seen` first, and there each
-- table is a view of the rows that it may see. So every statement of the program is limited, also one that nobody thought of. Two
-- settings of the connection say which stores they are: `storewatch.seen`, a filter as JSON, and `storewatch.seen_path`, the same as a
-- jsonpath.

-- The filter of the key that loaded a file or changed something. Null: it sees all stores.
alter table imports add column seen_where jsonb;
alter table audit add column seen_where jsonb;

create function seen() returns jsonb
  language sql stable parallel safe
  return current_setting('storewatch.seen')::jsonb;

create function seen_path() returns jsonpath
  language sql stable parallel safe
  return current_setting('storewatch.seen_path')::jsonpath;

-- Whether one filter is the same as another or narrower.
create function is_within(narrow jsonb, wide jsonb) returns boolean
  language sql immutable parallel safe
  return narrow is not null and not exists (
    select from jsonb_each(wide) as condition where not coalesce((narrow -> condition.key) <@ condition.value, false)
  );

-- What processes keep in memory of the stores of a filter follows their tags. Tags change no polls and no openings.
create function note_changed_tags() returns trigger language plpgsql as $$
begin
  insert into store_changes (store_keys, since)
  select case when count(*) <= 1000 then array_agg(store_key) end, 'infinity'
  from (select store_key, tags from after except select store_key, tags from before) changed
  having count(*) > 0;
  return null;
end $$;
create trigger note_changed_tags after update on stores
  referencing old table as before new table as after for each statement execute function note_changed_tags();

-- Triggers work on all stores, whatever the connection sees.
do $$
declare
  name regprocedure;
begin
  for name in
    select pg_proc.oid from pg_proc join pg_language on pg_language.oid = prolang
    where pronamespace = current_schema()::regnamespace and lanname = 'plpgsql'
  loop
    execute format('alter function %s set search_path = %I', name, current_schema());
  end loop;
end $$;

-- A key that sees some stores changes no rule for all, and no exclusion that is also for others.
create function refuse_rules_for_all() returns trigger language plpgsql set search_path = storewatch as $$
begin
  if tg_op <> 'INSERT' and old.store_key is null or tg_op <> 'DELETE' and new.store_key is null then
    raise exception 'a rule for all stores' using errcode = 'SW403';
  end if;
  return coalesce(new, old);
end $$;
create trigger refuse_rules_for_all before insert or update or delete on special_hours
  for each row when (current_setting('storewatch.seen_path', true) <> '') execute function refuse_rules_for_all();

create function refuse_shared_exclusions() returns trigger language plpgsql set search_path = storewatch as $$
begin
  if tg_op <> 'INSERT' and old.for_all or tg_op <> 'DELETE' and new.for_all or exists (
    select from exclusion_stores
    where exclusion_id = coalesce(new.exclusion_id, old.exclusion_id)
      and store_key not in (select store_key from storewatch_seen.stores)
  ) then
    raise exception 'an exclusion of other stores' using errcode = 'SW403';
  end if;
  return coalesce(new, old);
end $$;
create trigger refuse_shared_exclusions before insert or update or delete on exclusions
  for each row when (current_setting('storewatch.seen_path', true) <> '') execute function refuse_shared_exclusions();

do $$ begin
  if to_regnamespace('storewatch_seen') is null then
    create schema storewatch_seen;
  end if;
end $$;

-- Makes the views again. A migration that adds a table, or a column of one, calls this at its end.
create function provide_seen_views() returns void language plpgsql set search_path = storewatch as $$
declare
  name text;
begin
  for name in select viewname from pg_views where schemaname = 'storewatch_seen' loop
    execute format('drop view if exists storewatch_seen.%I cascade', name);
  end loop;

  -- With check option: a change that would take a row out of sight is refused.
  create view storewatch_seen.stores as
    select * from stores where tags @@ (select seen_path()) with local check option;
  create view storewatch_seen.special_hours as
    select * from special_hours where store_key is null or store_key in (select store_key from storewatch_seen.stores)
    with local check option;
  create view storewatch_seen.exclusion_stores as
    select * from exclusion_stores where store_key in (select store_key from storewatch_seen.stores) with local check option;
  create view storewatch_seen.exclusions as
    select * from exclusions where for_all or exists (
      select from storewatch_seen.exclusion_stores as own where own.exclusion_id = exclusions.exclusion_id);
  create view storewatch_seen.latest_polls as
    select 0 as slot, (
      select max(poll_instant(day, entry)) from storewatch_seen.stores cross join lateral (
        select day, substr(polls, length(polls) - 4) as entry from poll_days
        where poll_days.store_key = stores.store_key order by day desc limit 1
      ) latest
    ) as at;

  -- Rows without a store are of no store that it sees.
  execute (
    select format(
      'create view storewatch_seen.reports as select %s from reports where is_within(request -> ''where'', (select seen()))
        with local check option',
      string_agg(case when attname = 'warnings' then 'coalesce(
        (select jsonb_agg(warning) from jsonb_array_elements(warnings) as warning where warning ->> ''code'' <> ''rows_without_store''),
        ''[]'') as warnings' else quote_ident(attname) end, ', ' order by attnum))
    from pg_attribute where attrelid = 'reports'::regclass and attnum > 0 and not attisdropped);
  create view storewatch_seen.chunks as
    select * from chunks where report_id in (select report_id from storewatch_seen.reports);
  create view storewatch_seen.report_errors as
    select * from report_errors where report_id in (select report_id from storewatch_seen.reports);

  create view storewatch_seen.imports as select * from imports where is_within(seen_where, (select seen()));
  create view storewatch_seen.rejects as
    select * from rejects where import_id in (select import_id from storewatch_seen.imports);
  create view storewatch_seen.audit as
    select * from audit where is_within(seen_where, (select seen())) or cardinality(store_ids) > 0 and not exists (
      select from unnest(store_ids) as named (id)
      where not exists (select from storewatch_seen.stores where store_id = named.id));

  -- Of other tables, it sees rows of its stores, or nothing. What is left of the polls of an old version is dropped before anything is read.
  for name in
    select relname from pg_class
    where relnamespace = 'storewatch'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
      and relname not in ('all_stores', 'store_changes', 'idempotency_keys', 'poll_rows')
      and to_regclass(format('storewatch_seen.%I', relname)) is null
    order by relname
  loop
    execute format('create view storewatch_seen.%I as select * from %I where %s', name, name, case
      -- How far sums of all stores are kept. A view with offset takes no changes.
      when name = 'trend_state' then 'true offset 0'
      when exists (
        select from pg_attribute where attrelid = to_regclass(quote_ident(name)) and attname = 'store_key' and not attisdropped
      ) then 'store_key in (select store_key from storewatch_seen.stores)'
      else 'false'
    end);
  end loop;

  -- A view may do what the role may do that asks it, and not what its owner may.
  for name in select viewname from pg_views where schemaname = 'storewatch_seen' loop
    execute format('alter view storewatch_seen.%I set (security_invoker = true)', name);
  end loop;
end $$;
revoke execute on function provide_seen_views from public;
select provide_seen_views();
