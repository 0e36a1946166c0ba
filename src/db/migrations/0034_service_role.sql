-- The service may run as a role that does not own the tables (see `service_rights.ts`). What it still needs of the owner are these two
-- functions, which do one thing each and run with the owner's rights. Their search path is fixed, so that no other table is meant.
create or replace function provide_poll_days_of(month date) returns void
  language plpgsql security definer set search_path = storewatch, pg_temp as $$
declare
  partition text := to_char(month, '"poll_days_"YYYY_MM');
  first date := date_trunc('month', month)::date;
begin
  if to_regclass(partition) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(partition, 0));
  execute format('create table %I (like poll_days including all) with (fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.1)', partition);
  execute format('alter table poll_days attach partition %I for values from (%L) to (%L)', partition,
    first, (first + interval '1 month')::date);
exception when duplicate_table then
  -- Another session made it while this one waited for the lock.
end $$;

-- How full new pages of some months get.
create function fill_poll_days(months date[], percent integer) returns void
  language plpgsql security definer set search_path = storewatch, pg_temp as $$
declare
  month date;
begin
  if percent not between 50 and 100 then raise 'percent is %, but must be from 50 to 100', percent; end if;
  foreach month in array months loop
    execute format('alter table %I set (fillfactor = %s)', to_char(month, '"poll_days_"YYYY_MM'), percent);
  end loop;
end $$;

revoke execute on function provide_poll_days_of, fill_poll_days from public;
