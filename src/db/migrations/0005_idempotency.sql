-- A client that is not sure whether its request arrived sends it again with the same key, and gets the same report.
-- No foreign key: a key stands for its report even after that was deleted.
create table idempotency_keys (
  key text primary key check (char_length(key) between 1 and 255),
  request text not null,
  report_id uuid not null,
  created_at timestamptz not null default now()
);
create index idempotency_keys_oldest_first on idempotency_keys (created_at);

-- Each trigger asks how many reports wait.
create index reports_waiting on reports (requested_at) where state = 'Started';
