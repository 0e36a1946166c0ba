-- A store's hours as a report reads them: two bytes of the day, eight of the start, eight of the end, hours after hours.
-- To gather them from their own rows for each report took as long as all else that Postgres does for it.
alter table stores add column hours bytea;

create function gather_hours() returns trigger language plpgsql as $$
begin
  perform from stores where store_key in (select store_key from changed) order by store_key for no key update;
  update stores set hours = (
    select string_agg(int2send(day) || time_send(start_time) || time_send(end_time), '' order by day, start_time, end_time)
    from business_hours where business_hours.store_key = stores.store_key
  )
  where store_key in (select store_key from changed);
  return null;
end $$;
create trigger gather_hours_added after insert on business_hours
  referencing new table as changed for each statement execute function gather_hours();
create trigger gather_hours_removed after delete on business_hours
  referencing old table as changed for each statement execute function gather_hours();

create trigger gather_hours_altered_from after update on business_hours
  referencing old table as changed for each statement execute function gather_hours();
create trigger gather_hours_altered_to after update on business_hours
  referencing new table as changed for each statement execute function gather_hours();

create function gather_all_hours() returns trigger language plpgsql as $$
begin
  update stores set hours = null;
  return null;
end $$;
create trigger gather_hours_truncated after truncate on business_hours
  for each statement execute function gather_all_hours();

update stores set hours = (
  select string_agg(int2send(day) || time_send(start_time) || time_send(end_time), '' order by day, start_time, end_time)
  from business_hours where business_hours.store_key = stores.store_key
);
