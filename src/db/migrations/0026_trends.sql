-- How long each store was up and down on each of its local dates, by one method: what pages show as trends. Dates are computed once.
-- All that changes polls or openings notes in `store_changes`, in its own transaction, of which stores and of which time. Whatever is
-- read, such a note that nobody has worked on yet makes the dates concerned unknown.
alter table store_changes
  -- The time in which polls or openings may be different now. From infinity on: in none.
  add column since timestamptz not null default '-infinity',
  add column until timestamptz not null default 'infinity';

create table trend_stores (
  store_key integer primary key references stores on delete cascade,
  -- The local dates whose sums in `trend_months` are right.
  kept datemultirange not null default '{}'
);

-- A row for each store and month. By month first: a page reads some months of many stores.
create table trend_months (
  month date,
  store_key integer,
  -- Scheduled, down and unknown time of each date.
  days bytea not null,
  -- Downtime of each date by the hour of the local clock.
  hours bytea not null,
  primary key (month, store_key)
) with (fillfactor = 80);
alter table trend_months alter days set storage external, alter hours set storage external;

create table trend_state (
  is_one boolean primary key default true check (is_one),
  -- `kept` follows all changes that this snapshot shows. Null: nothing is kept.
  seen pg_snapshot,
  -- No date that is kept ends later. What changes after it concerns none.
  horizon timestamptz,
  -- The first UTC day with polls.
  begins date,
  -- The way of computing, and the release of the zone rules.
  made_by text,
  looked_at timestamptz
);
insert into trend_state default values;

-- The records of a packed calendar.
create function records(packed bytea, size integer) returns setof bytea
  language sql immutable strict parallel safe
  return substr(packed, generate_series(1, length(packed), size), size);

-- A number of four or eight bytes within a record, from a byte on.
create function int4_in(record bytea, first integer) returns integer
  language sql immutable strict parallel safe
  return ('x' || encode(substr(record, first, 4), 'hex'))::bit(32)::integer;
create function int8_in(record bytea, first integer) returns bigint
  language sql immutable strict parallel safe
  return ('x' || encode(substr(record, first, 8), 'hex'))::bit(64)::bigint;

-- In every zone: a date's openings begin at most 47 hours after its midnight, and last a day at most.
create function first_instant_of(special bytea) returns timestamptz
  language sql immutable strict parallel safe
  return (date '1970-01-01' + int4_in(special, 1) - 1)::timestamp at time zone 'UTC';
create function last_instant_of(special bytea) returns timestamptz
  language sql immutable strict parallel safe
  return (date '1970-01-01' + int4_in(special, 1) + 4)::timestamp at time zone 'UTC';

-- A calendar that changes in some dates or exclusions alone concerns the time around these. Postgres plans a query of a trigger once
-- for a session: no join of the rows before and after, which took 19 s for 14,092 stores when it was planned for one.
create or replace function note_changed_stores() returns trigger language plpgsql as $$
declare
  keys integer[];
begin
  select array_agg(store_key) into keys from (
    select store_key, store_id, timezone, hours, special_hours, exclusions from after
    except
    select store_key, store_id, timezone, hours, special_hours, exclusions from before
  ) changed;
  if keys is null then return null; end if;
  if cardinality(keys) > 1000 then keys := null; end if;
  if exists (select store_key, timezone, hours from after except select store_key, timezone, hours from before) then
    insert into store_changes (store_keys) values (keys);
    return null;
  end if;
  insert into store_changes (store_keys, since, until)
  select keys, coalesce(min(since), 'infinity'), coalesce(max(until), 'infinity') from (
    select first_instant_of(record), last_instant_of(record) from (
      (
        select store_key, record from after cross join lateral records(special_hours, 20) as record
        except select store_key, record from before cross join lateral records(special_hours, 20) as record
      ) union all (
        select store_key, record from before cross join lateral records(special_hours, 20) as record
        except select store_key, record from after cross join lateral records(special_hours, 20) as record
      )
    ) special
    union all
    select instant(int8_in(record, 1)) - interval '1 day', instant(int8_in(record, 9)) + interval '1 day' from (
      (
        select store_key, record from after cross join lateral records(exclusions, 18) as record
        except select store_key, record from before cross join lateral records(exclusions, 18) as record
      ) union all (
        select store_key, record from before cross join lateral records(exclusions, 18) as record
        except select store_key, record from after cross join lateral records(exclusions, 18) as record
      )
    ) excluded
  ) changed (since, until);
  return null;
end $$;

-- The same for rules that hold for all stores.
create function note_changed_rules() returns trigger language plpgsql as $$
begin
  insert into store_changes (since, until)
  select min(since), max(until) from (
    select first_instant_of(record), last_instant_of(record) from (
      (
        select record from after cross join lateral records(special_hours, 20) as record
        except select record from before cross join lateral records(special_hours, 20) as record
      ) union all (
        select record from before cross join lateral records(special_hours, 20) as record
        except select record from after cross join lateral records(special_hours, 20) as record
      )
    ) special
    union all
    select instant(int8_in(record, 1)) - interval '1 day', instant(int8_in(record, 9)) + interval '1 day' from (
      (
        select record from after cross join lateral records(exclusions, 18) as record
        except select record from before cross join lateral records(exclusions, 18) as record
      ) union all (
        select record from before cross join lateral records(exclusions, 18) as record
        except select record from after cross join lateral records(exclusions, 18) as record
      )
    ) excluded
  ) changed (since, until)
  having count(*) > 0;
  return null;
end $$;
drop trigger note_changed_rules on all_stores;
create trigger note_changed_rules after update on all_stores
  referencing old table as before new table as after for each statement execute function note_changed_rules();

-- New stores have nothing that is kept, and a store that is removed takes it along.
create or replace function note_new_stores() returns trigger language plpgsql as $$
begin
  insert into store_changes (store_keys, since) select array_agg(store_key), 'infinity' from added having count(*) > 0;
  return null;
end $$;
create function note_removed_stores() returns trigger language plpgsql as $$
begin
  insert into store_changes (since) values ('infinity');
  delete from trend_months
  where month = any(array(select generate_series(min(month), max(month), interval '1 month')::date from trend_months))
    and store_key = any(array(select store_key from removed));
  return null;
end $$;
drop trigger note_removed_stores on stores;
create trigger note_removed_stores after delete on stores
  referencing old table as removed for each statement execute function note_removed_stores();
drop function note_any_stores;
