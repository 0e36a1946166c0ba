-- The first day of the month, in UTC, that an instant lies in.
create function month_of(timestamptz) returns date
  language sql stable strict parallel safe
  return date_trunc('month', $1 at time zone 'UTC')::date;

-- The months in which a store has polls: exactly these. The poll before or after another one is in the next one of them. So a live
-- poll looks into a few partitions, however many there are. Postgres takes 0.1 ms to plan for each partition that it may need.
create table poll_months (
  store_key integer not null,
  month date not null,
  primary key (store_key, month)
);
insert into poll_months select distinct store_key, month_of(at) from polls;

create or replace function note_latest_poll() returns trigger language plpgsql as $$
begin
  insert into latest_polls
  select pg_backend_pid() % 64, max(at) from added having count(*) > 0
  on conflict (slot) do update set at = excluded.at where excluded.at > latest_polls.at;
  insert into poll_months
  select distinct store_key, month_of(at) from added order by 1, 2
  on conflict do nothing;
  return null;
end $$;

create or replace function forget_polls() returns trigger language plpgsql as $$
begin
  if (select max(at) from removed) >= (select max(at) from latest_polls) then
    delete from latest_polls;
    insert into latest_polls select 0, max(at) from polls having count(*) > 0
    on conflict (slot) do update set at = greatest(latest_polls.at, excluded.at);
  end if;
  perform from stores where store_key in (select store_key from removed) order by store_key for no key update;
  delete from outages where store_key in (select store_key from removed);
  insert into outages (store_key, began, ended)
  select store_key, began, ended from outages_of_polls where store_key in (select distinct store_key from removed);
  delete from poll_months where store_key in (select store_key from removed);
  insert into poll_months
  select distinct store_key, month_of(at) from polls where store_key in (select distinct store_key from removed);
  return null;
end $$;

create or replace function forget_all_polls() returns trigger language plpgsql as $$
begin
  delete from latest_polls;
  delete from outages;
  delete from poll_months;
  return null;
end $$;
