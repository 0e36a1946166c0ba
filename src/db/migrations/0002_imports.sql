-- One row a file that was loaded. A file that failed as a whole leaves none: it changed nothing.
create table imports (
  import_id uuid primary key,
  kind text not null check (kind in ('polls', 'hours', 'timezones')),
  source text not null,
  bytes bigint not null check (bytes >= 0),
  rows bigint not null,
  accepted bigint not null,
  rejected bigint not null,
  changed bigint not null,
  started_at timestamptz not null,
  finished_at timestamptz not null default now(),
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
