-- Which stores changed, so that a process that keeps states of stores in memory reads only those again. A process remembers the
-- snapshot that it last read; the rows that this snapshot does not show are news. Rows are kept for some minutes.
create table store_changes (
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_timestamp(),
  -- Null: any of them.
  store_keys integer[]
) with (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.5);

create function note_new_stores() returns trigger language plpgsql as $$
begin
  insert into store_changes (store_keys) select array_agg(store_key) from added having count(*) > 0;
  return null;
end $$;
create trigger note_new_stores after insert on stores
  referencing new table as added for each statement execute function note_new_stores();

create function note_any_stores() returns trigger language plpgsql as $$
begin
  insert into store_changes default values;
  return null;
end $$;
-- Not the column `polled`, which a live feed sets with each batch.
create trigger note_changed_stores after update of store_id, timezone, hours on stores
  for each statement execute function note_any_stores();
create trigger note_removed_stores after delete on stores
  for each statement execute function note_any_stores();
