-- Stores have names and tags, and calendars as businesses live them: versions of weekly hours, special hours of single dates, and
-- exclusions. What was known before becomes the version of hours that has no beginning.
alter table stores
  add column name text,
  add column sales_per_hour numeric check (sales_per_hour >= 0),
  add column target_percent numeric check (target_percent between 0 and 100),
  -- Texts by key.
  add column tags jsonb not null default '{}' check (jsonb_typeof(tags) = 'object');
create index stores_by_tag on stores using gin (tags jsonb_path_ops);

-- A version of a store's weekly hours holds from a local date on. A version without rows in business_hours: the store is closed.
create table hours_versions (
  store_key integer not null references stores on delete cascade,
  -- -infinity: it has no beginning.
  valid_from date not null default '-infinity',
  primary key (store_key, valid_from)
);
insert into hours_versions (store_key) select store_key from stores where hours is not null;

alter table business_hours
  add column valid_from date not null default '-infinity',
  drop constraint business_hours_pkey,
  add primary key (store_key, valid_from, day, start_time, end_time);

-- The opening times of one date, which replace the weekly ones. No times: closed all day.
create table special_hours (
  -- Null: a rule for all stores, also for those that come later.
  store_key integer references stores on delete cascade,
  -- 0 for all stores.
  rule_key integer generated always as (coalesce(store_key, 0)) stored,
  date date not null,
  -- After the midnight with which the date begins; from 24:00 on, on the next date. An end at or before its start is a date later.
  start_times interval[] not null,
  end_times interval[] not null,
  reason text,
  primary key (rule_key, date),
  check (cardinality(start_times) = cardinality(end_times))
);
create index special_hours_of_store on special_hours (store_key);

-- Time that somebody took out of the count, for one store, several, or all.
create table exclusions (
  exclusion_id uuid primary key default gen_random_uuid(),
  for_all boolean not null default false,
  written_from text not null,
  written_to text not null,
  -- Whether both are wall times of each store's zone.
  is_local boolean not null,
  -- Microseconds since 1970; of wall times, as if the zone were UTC.
  from_micros bigint not null,
  to_micros bigint not null,
  kind text not null check (kind in ('planned', 'pause', 'platform', 'other')),
  reason text not null,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  check (from_micros < to_micros),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);

create table exclusion_stores (
  store_key integer not null references stores on delete cascade,
  exclusion_id uuid not null references exclusions on delete cascade,
  primary key (store_key, exclusion_id)
);
create index stores_of_exclusion on exclusion_stores (exclusion_id);

-- Calendars as a report reads them, beside `hours`: null if there is nothing. `hours` keeps its records of 18 bytes: two of the day,
-- eight of the start, eight of the end. A record with day 7 begins a version: its start is the date, in days since 1970.
alter table stores
  -- Records of 20 bytes: four of the date, in days since 1970, eight of the start, eight of the end; -1 and -1 if it is closed.
  add column special_hours bytea,
  -- Records of 18 bytes: eight of the start, eight of the end, two that are 1 if both are wall times.
  add column exclusions bytea;
-- The same for rules that hold for all stores. One row.
create table all_stores (
  is_one boolean primary key default true check (is_one),
  special_hours bytea,
  exclusions bytea
);
insert into all_stores default values;

create function days(date) returns integer
  language sql immutable strict parallel safe
  return $1 - date '1970-01-01';

create function micros(interval) returns bigint
  language sql immutable strict parallel safe
  return (extract(epoch from $1) * 1000000)::bigint;

-- A record of special hours, and one of exclusions.
create function special_times(date, starts interval, ends interval) returns bytea
  language sql immutable parallel safe
  return int4send(days($1)) || int8send(coalesce(micros(starts), -1)) || int8send(coalesce(micros(ends), -1));

create function excluded_time(from_micros bigint, to_micros bigint, is_local boolean) returns bytea
  language sql immutable parallel safe
  return int8send(from_micros) || int8send(to_micros) || int2send(is_local::integer::smallint);

create index exclusions_for_all on exclusions (exclusion_id) where for_all;

-- What is packed. With key 0: the rules for all stores. As subqueries of each key: a function for each key takes ten times as long.
create view calendars_to_pack as
  select store_key as key,
    -- The version without a beginning is named only if it has no rows: its date is then below all others.
    (
      select string_agg(record, ''::bytea order by valid_from, is_row, record) from (
        select valid_from, false as is_row, int2send(7::smallint)
          || int8send(case when isfinite(valid_from) then days(valid_from) else -9007199254740991 end) || int8send(0) as record
        from hours_versions
        where hours_versions.store_key = stores.store_key and (isfinite(valid_from) or not exists (
          select from business_hours
          where business_hours.store_key = stores.store_key and business_hours.valid_from = hours_versions.valid_from))
        union all
        select valid_from, true, int2send(day) || time_send(start_time) || time_send(end_time)
        from business_hours where business_hours.store_key = stores.store_key
      ) records
    ) as hours,
    (
      select string_agg(special_times(date, starts, ends), ''::bytea order by date, starts, ends)
      from special_hours left join lateral unnest(start_times, end_times) as times (starts, ends) on true
      where rule_key = stores.store_key
    ) as special_hours,
    (
      select string_agg(excluded_time(from_micros, to_micros, is_local), ''::bytea order by from_micros, to_micros, is_local)
      from exclusion_stores
      -- offset 0: by the index, also before the tables are analyzed.
      cross join lateral (
        select * from exclusions where exclusions.exclusion_id = exclusion_stores.exclusion_id and withdrawn_at is null offset 0
      ) own
      where exclusion_stores.store_key = stores.store_key
    ) as exclusions
  from stores
  union all
  select 0, null,
    (
      select string_agg(special_times(date, starts, ends), ''::bytea order by date, starts, ends)
      from special_hours left join lateral unnest(start_times, end_times) as times (starts, ends) on true
      where rule_key = 0
    ),
    (
      select string_agg(excluded_time(from_micros, to_micros, is_local), ''::bytea order by from_micros, to_micros, is_local)
      from exclusions where for_all and withdrawn_at is null
    );

-- Packs the calendars of some stores again. 0 among the keys: the rules for all stores.
create function gather_calendars(keys integer[]) returns void language plpgsql as $$
begin
  if cardinality(keys) = 0 then
    return;
  end if;
  perform from stores where store_key = any(keys) order by store_key for no key update;
  -- offset 0: each is packed once, and not again to be compared.
  update stores set (hours, special_hours, exclusions) = (packed.hours, packed.special_hours, packed.exclusions)
  from (select * from calendars_to_pack where key = any(keys) offset 0) packed
  where store_key = key and (stores.hours, stores.special_hours, stores.exclusions)
    is distinct from (packed.hours, packed.special_hours, packed.exclusions);
  if 0 = any(keys) then
    update all_stores set (special_hours, exclusions)
      = (select special_hours, exclusions from calendars_to_pack where key = 0);
  end if;
end $$;

-- What processes keep in memory follows each change of a calendar.
-- A calendar of one store is no reason to read all stores again. A trigger with these tables cannot name columns.
drop trigger note_changed_stores on stores;
create function note_changed_stores() returns trigger language plpgsql as $$
begin
  insert into store_changes (store_keys)
  select case when count(*) <= 1000 then array_agg(store_key) end
  from before join after using (store_key)
  where (before.store_id, before.timezone, before.hours, before.special_hours, before.exclusions)
    is distinct from (after.store_id, after.timezone, after.hours, after.special_hours, after.exclusions)
  having count(*) > 0;
  return null;
end $$;
create trigger note_changed_stores after update on stores
  referencing old table as before new table as after for each statement execute function note_changed_stores();
create trigger note_changed_rules after update on all_stores
  for each statement execute function note_any_stores();

create or replace function gather_hours() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    insert into hours_versions select distinct store_key, valid_from from changed order by 1, 2 on conflict do nothing;
  end if;
  perform gather_calendars(array(select distinct store_key from changed));
  return null;
end $$;

create or replace function gather_all_hours() returns trigger language plpgsql as $$
begin
  delete from hours_versions;
  return null;
end $$;

-- A version takes its rows along. A new one that has rows was gathered with them.
create function gather_versions() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from business_hours using changed
    where business_hours.store_key = changed.store_key and business_hours.valid_from = changed.valid_from;
  end if;
  perform gather_calendars(array(
    select distinct store_key from changed where not exists (
      select from business_hours where business_hours.store_key = changed.store_key
        and business_hours.valid_from = changed.valid_from)
  ));
  return null;
end $$;
create trigger gather_versions_added after insert on hours_versions
  referencing new table as changed for each statement execute function gather_versions();
create trigger gather_versions_removed after delete on hours_versions
  referencing old table as changed for each statement execute function gather_versions();

create function gather_special_hours() returns trigger language plpgsql as $$
begin
  perform gather_calendars(array(select distinct rule_key from changed));
  return null;
end $$;
create trigger gather_special_hours_added after insert on special_hours
  referencing new table as changed for each statement execute function gather_special_hours();
create trigger gather_special_hours_removed after delete on special_hours
  referencing old table as changed for each statement execute function gather_special_hours();
create trigger gather_special_hours_altered after update on special_hours
  referencing new table as changed for each statement execute function gather_special_hours();

create function gather_exclusion_stores() returns trigger language plpgsql as $$
begin
  perform gather_calendars(array(select distinct store_key from changed));
  return null;
end $$;
create trigger gather_exclusion_stores_added after insert on exclusion_stores
  referencing new table as changed for each statement execute function gather_exclusion_stores();
create trigger gather_exclusion_stores_removed after delete on exclusion_stores
  referencing old table as changed for each statement execute function gather_exclusion_stores();

create function gather_exclusions() returns trigger language plpgsql as $$
begin
  perform gather_calendars(array(
    select store_key from exclusion_stores where exclusion_id in (select exclusion_id from changed)
    union select 0 from changed where for_all
  ));
  return null;
end $$;
create trigger gather_exclusions_added after insert on exclusions
  referencing new table as changed for each statement execute function gather_exclusions();
create trigger gather_exclusions_removed after delete on exclusions
  referencing old table as changed for each statement execute function gather_exclusions();
create trigger gather_exclusions_altered after update on exclusions
  referencing new table as changed for each statement execute function gather_exclusions();

create function gather_after_truncate() returns trigger language plpgsql as $$
begin
  perform gather_calendars(array(select store_key from stores union all select 0));
  return null;
end $$;
create trigger gather_special_hours_truncated after truncate on special_hours
  for each statement execute function gather_after_truncate();
create trigger gather_exclusions_truncated after truncate on exclusion_stores
  for each statement execute function gather_after_truncate();

-- More kinds of file.
alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check
  check (kind in ('polls', 'hours', 'special-hours', 'exclusions', 'timezones', 'stores'));
alter table store_marks drop constraint store_marks_kind_check;
alter table store_marks add constraint store_marks_kind_check
  check (kind in ('polls', 'hours', 'special-hours', 'exclusions', 'timezones', 'stores'));
