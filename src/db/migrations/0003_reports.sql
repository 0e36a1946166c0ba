create table reports (
  report_id uuid primary key,
  state text not null default 'Started'
    check (state in ('Started', 'Running', 'Completed', 'Failed', 'Cancelled')),
  -- Who works on it: a process that takes jobs from the queue, or the command that asked for it.
  made_by text not null check (made_by in ('queue', 'command')),
  method text not null,
  axes jsonb not null,
  "precision" smallint not null check ("precision" between 0 and 6),
  as_of_asked timestamptz,
  as_of timestamptz,
  requested_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  -- Goes up each time that somebody takes the report up; a write with an older number is refused.
  run integer not null default 0,
  stores_total integer,
  stores_done integer not null default 0,
  rows integer,
  bytes bigint,
  sha256 text,
  -- Sums over all stores, in microseconds.
  fleet jsonb,
  reason text,
  check (state not in ('Failed', 'Cancelled') or reason is not null),
  check (state <> 'Completed' or
    (as_of is not null and rows is not null and bytes is not null and sha256 is not null and finished_at is not null))
);
create index reports_latest_first on reports (requested_at desc, report_id desc);

create table chunks (
  report_id uuid not null references reports on delete cascade,
  number integer not null,
  worker integer not null,
  attempts integer not null check (attempts > 0),
  stores integer not null,
  polls integer not null,
  -- When it was given out, since the report's work began; what it waited in all, for its worker and for its turn to be written.
  begun_ms real not null,
  wait_ms real not null,
  fetch_ms real not null,
  compute_ms real not null,
  write_ms real not null,
  primary key (report_id, number)
);

-- What could not be computed: such a store has no row in the CSV.
create table report_errors (
  report_id uuid not null references reports on delete cascade,
  store_id text collate "C" not null,
  reason text not null,
  primary key (report_id, store_id)
);

-- Whoever watches a report (event streams, a waiting command) is told of each change instead of asking again and again.
create function tell_of_report() returns trigger language plpgsql as $$
begin
  perform pg_notify('storewatch_report', coalesce(new.report_id, old.report_id)::text);
  return null;
end $$;
create trigger tell_of_report after insert or update or delete on reports
  for each row execute function tell_of_report();
