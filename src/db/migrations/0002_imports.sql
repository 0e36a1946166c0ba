-- One row a file that was loaded. A file that failed as a whole leaves none: it changed nothing.
-- The row is written before the file's rejects, and its counts are filled in at the end of the same transaction.
create table imports (
  import_id uuid primary key,
  kind text not null check (kind in ('polls', 'hours', 'timezones')),
  source text not null,
  bytes bigint not null default 0 check (bytes >= 0),
  rows bigint not null default 0,
  accepted bigint not null default 0,
  rejected bigint not null default 0,
  changed bigint not null default 0,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  check (accepted >= 0 and rejected >= 0 and rows = accepted + rejected)
);

create table rejects (
  import_id uuid not null references imports on delete cascade,
  line bigint not null,
  column_name text,
  value text,
  reason text not null,
  primary key (import_id, line)
);
