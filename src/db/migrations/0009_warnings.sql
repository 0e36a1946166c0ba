-- A file that failed as a whole now leaves its row, too, with the reason and its rejected rows. It may have no kind: the header
-- did not say. Its counts are those up to the failure.
alter table imports
  alter column kind drop not null,
  drop constraint imports_check,
  add column state text not null default 'loaded' check (state in ('loaded', 'failed')),
  add column reason text,
  -- What reading changed or dropped, and what a person should know: lists of objects.
  add column notices jsonb not null default '[]',
  add column warnings jsonb not null default '[]',
  -- Rejected rows whose store id cannot be read.
  add column rows_without_store bigint not null default 0,
  add column stores_new bigint not null default 0,
  -- The first of them, in the order of ids.
  add column stores_new_first text[] collate "C" not null default '{}',
  add check (accepted >= 0 and rejected >= 0 and (rows = accepted + rejected or state = 'failed')),
  add check (kind is not null or state = 'failed'),
  add check (reason is not null or state = 'loaded');
-- A report looks for rows without a store since the last good import of a kind. Most imports have none.
create index imports_without_store on imports (kind, finished_at) where rows_without_store > 0;
create index imports_without_rejects on imports (kind, finished_at)
  where state = 'loaded' and accepted > 0 and rejected = 0;

-- The line of the bad row, if a row is rejected only because of another one.
alter table rejects add column cause_line bigint;

-- A store is marked while rows of a kind that were rejected are missing from what is known of it.
create table store_marks (
  store_key integer not null references stores on delete cascade,
  kind text not null check (kind in ('polls', 'hours', 'timezones')),
  -- The latest import in which rows of the store were rejected.
  import_id uuid references imports on delete set null,
  marked_at timestamptz not null default clock_timestamp(),
  primary key (kind, store_key)
);
create index store_marks_of_store on store_marks (store_key);

-- Whether the store ever had a poll. To ask the polls of 14,000 stores would take longer than a load of their zones.
alter table stores add column polled boolean not null default false;
update stores set polled = true where exists (select from polls where polls.store_key = stores.store_key);

-- As the report's snapshot showed them.
alter table reports add column warnings jsonb not null default '[]';

-- Looks for the fleet's latest poll only if it was removed, since that reads all polls.
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
  return null;
end $$;
