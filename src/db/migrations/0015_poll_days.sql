-- Polls are stored by day: a row for each store and UTC day, with an entry of five bytes for each poll. An entry is the microseconds
-- of the day × 2, plus 1 if active, as a big-endian number: bytes sort as instants do. Entries ascend, one for each instant. A poll
-- took 94 bytes as a row with its key. It takes 9 now, and a report reads a fifteenth of the rows.

drop trigger note_latest_poll on polls;
drop trigger forget_polls on polls;
drop trigger forget_all_polls on polls;
drop function note_latest_poll;
drop function forget_polls;
drop function forget_all_polls;
drop view outages_of_polls;
drop table outages;
drop table poll_months;
drop function provide_polls_of(date);

-- The rows of before wait under this name, if there are any. The program turns them into days, month by month, before it does
-- anything else.
alter table polls rename to poll_rows;
do $$ begin
  if not exists (select from pg_inherits where inhparent = 'poll_rows'::regclass) then drop table poll_rows; end if;
end $$;

-- No foreign key to stores and no triggers: the statements that add polls take store_key from stores.
-- A partition for each month: a report's cost follows its windows, not the history, and old months are dropped at once.
create table poll_days (
  store_key integer not null,
  day date not null,
  polls bytea not null check (length(polls) > 0 and length(polls) % 5 = 0),
  primary key (store_key, day)
) partition by range (day);
-- Compression gains nothing here, and a value that is stored plainly can be read in parts.
alter table poll_days alter polls set storage external;

-- Makes the partition of a month if it is not there. It is made apart and then attached, so that other sessions go on meanwhile.
-- Half of each page stays free, so that a day grows in its place when live polls are appended.
create function provide_poll_days_of(month date) returns void language plpgsql as $$
declare
  partition text := to_char(month, '"poll_days_"YYYY_MM');
begin
  if to_regclass(partition) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(partition, 0));
  execute format('create table %I (like poll_days including all) with (fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.1)', partition);
  execute format('alter table poll_days attach partition %I for values from (%L) to (%L)', partition,
    month, (month + interval '1 month')::date);
exception when duplicate_table then
  -- Another session made it while this one waited for the lock.
end $$;

-- The entries of a day.
create function poll_entries(polls bytea) returns setof bytea
  language sql immutable strict parallel safe rows 20
  return substr(polls, generate_series(1, length(polls), 5), 5);

-- Whether all of b comes after all of a, so that b can be appended.
create function follows(a bytea, b bytea) returns boolean
  language sql immutable strict parallel safe
  return set_byte(substr(a, length(a) - 4), 4, get_byte(a, length(a) - 1) | 1) < substr(b, 1, 5);

-- Both days as one: sorted, each instant once, inactive wins. Of an instant's two entries the inactive one sorts first.
create function merge_polls(a bytea, b bytea) returns bytea
  language sql immutable strict parallel safe
  return (
    select string_agg(entry, ''::bytea order by entry) from (
      select entry, lag(entry) over (order by entry) as before from (
        select poll_entries(a) as entry union select poll_entries(b)
      ) either
    ) sorted
    where before is null or substr(before, 1, 4) <> substr(entry, 1, 4)
      or (get_byte(before, 4) | 1) <> (get_byte(entry, 4) | 1)
  );

-- How many polls of a day were added or altered.
create function count_changes(before bytea, after bytea) returns bigint
  language sql immutable parallel safe
  return case
    when before is null then length(after) / 5
    when substr(after, 1, length(before)) = before then (length(after) - length(before)) / 5
    else (select count(*) from (select poll_entries(after) except select poll_entries(before)) changed)
  end;

-- The entry of a poll, and the instant of an entry.
create function poll_entry(at timestamptz, active boolean) returns bytea
  language sql immutable strict parallel safe
  return substr(int8send(
    (extract(epoch from (at at time zone 'UTC')::time) * 1000000)::bigint * 2 + active::integer
  ), 4);
-- With brackets: in Postgres | << >> and & have one rank.
create function poll_instant(day date, entry bytea) returns timestamptz
  language sql immutable strict parallel safe
  return day::timestamp at time zone 'UTC' + (
    ((get_byte(entry, 0)::bigint << 32) | (get_byte(entry, 1)::bigint << 24) | (get_byte(entry, 2)::bigint << 16)
      | (get_byte(entry, 3)::bigint << 8) | get_byte(entry, 4)::bigint) >> 1
  ) * interval '1 microsecond';

-- For people: polls as rows. Name `day` in a query: a condition on `at` alone reads every month.
create view polls as
  select store_key, store_id, day, poll_instant(day, entry) as at, (get_byte(entry, 4) & 1) = 1 as active
  from poll_days join stores using (store_key) cross join lateral poll_entries(polls) as entry;

-- For people: the polls of one store within [from, to), in the order of time.
create function polls_of(store_id text, "from" timestamptz, "to" timestamptz) returns table (at timestamptz, active boolean)
  language sql stable strict parallel safe
  begin atomic
    select polls.at, polls.active from polls
    where polls.store_id = $1 and polls.day between ($2 at time zone 'UTC')::date and ($3 at time zone 'UTC')::date
      and polls.at >= $2 and polls.at < $3
    order by polls.at;
  end;
