-- A store exists from the moment any file or live poll names it.
-- "C" collation: reports are sorted by code point, and an index on it serves them in that order.
create table stores (
  store_key integer generated always as identity primary key,
  store_id text collate "C" not null unique check (char_length(store_id) between 1 and 64),
  timezone text
);

-- start_time is below 24:00; an end_time at or before start_time lies on the next date, 24:00 is the midnight between.
create table business_hours (
  store_key integer not null references stores on delete cascade,
  day smallint not null check (day between 0 and 6),
  start_time time not null check (start_time < '24:00'),
  end_time time not null,
  primary key (store_key, day, start_time, end_time)
);

-- The key covers every column, so that a report reads the index alone.
-- No foreign key to stores: checking it for each row takes longer than writing the rows. Every statement that adds
-- polls takes its store_key from stores in the same transaction, and nothing deletes stores.
-- A partition per month (UTC): a report's cost follows its window, not the history, and old months are dropped at once.
create table polls (
  store_key integer not null,
  at timestamptz not null,
  active boolean not null,
  primary key (store_key, at) include (active)
) partition by range (at);
-- Tells in one look whether a store was ever down in a span of time.
create index polls_inactive on polls (store_key, at) where not active;

-- Makes the partition of a month if it is not there. It is made apart and then attached, which lets others read and write
-- meanwhile. Vacuum follows a live feed closely: it keeps the map by which a report need not look at the table.
create function provide_polls_of(month date) returns void language plpgsql as $$
declare
  partition text := to_char(month, '"polls_"YYYY_MM');
begin
  if to_regclass(partition) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(partition, 0));
  execute format('create table %I (like polls including all) with (
    autovacuum_vacuum_insert_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0.01,
    autovacuum_analyze_scale_factor = 0.1)', partition);
  execute format('alter table polls attach partition %I for values from (%L) to (%L)', partition,
    month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
exception when duplicate_table then
  -- Somebody else made it while this one waited for the lock.
end $$;

-- The latest poll of all stores is what a report calls now. Looking for it in polls would cost as much as a tenth of the
-- report, so it is noted as polls arrive; a row per slot, since one row for all would let writers wait for each other.
create table latest_polls (
  slot integer primary key,
  at timestamptz not null
);

create function note_latest_poll() returns trigger language plpgsql as $$
begin
  insert into latest_polls
  select pg_backend_pid() % 64, max(at) from added having count(*) > 0
  on conflict (slot) do update set at = excluded.at where excluded.at > latest_polls.at;
  return null;
end $$;
create trigger note_latest_poll after insert on polls
  referencing new table as added for each statement execute function note_latest_poll();

-- Nothing of ours deletes single polls; whoever does so by hand still gets the right as-of.
create function find_latest_poll() returns trigger language plpgsql as $$
begin
  delete from latest_polls;
  insert into latest_polls select 0, max(at) from polls having count(*) > 0;
  return null;
end $$;
create trigger find_latest_poll after delete or truncate on polls
  for each statement execute function find_latest_poll();
