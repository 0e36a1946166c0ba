-- Nobody adds polls meanwhile: the first outages are found below, and whoever adds some later settles them himself.
lock table polls in share row exclusive mode;

-- From a store's inactive poll to its next active one, or to infinity while none has come: all that `step` and `clock` have to
-- know of polls, in a hundredth of their rows. Never more than polls say: outages.ts keeps it so.
-- No foreign key, for the reason that polls have none.
create table outages (
  store_key integer not null,
  began timestamptz not null,
  ended timestamptz not null check (began < ended),
  -- By its end an outage is found that reaches into a window, however long ago it began.
  primary key (store_key, ended) include (began)
) with (autovacuum_vacuum_insert_threshold = 1000, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.05);

create view outages_of_polls as
select store_key, began, ended from (
  select store_key, active, at as began, lead(at, 1, 'infinity') over next_change as ended from (
    select store_key, at, active, active is distinct from lag(active) over (partition by store_key order by at) as changed
    from polls
  ) told
  where changed
  window next_change as (partition by store_key order by at)
) states
where not active;

insert into outages (store_key, began, ended) select store_key, began, ended from outages_of_polls;

-- Outages tell in one look what this index did.
drop index polls_inactive;

-- Nothing of ours deletes single polls; whoever does so by hand still gets the right as-of, and the right outages. Who adds or
-- alters some by hand does not: POST /polls is the way.
drop trigger find_latest_poll on polls;
drop function find_latest_poll;
create function forget_polls() returns trigger language plpgsql as $$
begin
  delete from latest_polls;
  insert into latest_polls select 0, max(at) from polls having count(*) > 0;
  perform from stores where store_key in (select store_key from removed) order by store_key for no key update;
  delete from outages where store_key in (select store_key from removed);
  insert into outages (store_key, began, ended)
  select store_key, began, ended from outages_of_polls where store_key in (select distinct store_key from removed);
  return null;
end $$;
create trigger forget_polls after delete on polls
  referencing old table as removed for each statement execute function forget_polls();

create function forget_all_polls() returns trigger language plpgsql as $$
begin
  delete from latest_polls;
  delete from outages;
  return null;
end $$;
create trigger forget_all_polls after truncate on polls
  for each statement execute function forget_all_polls();
