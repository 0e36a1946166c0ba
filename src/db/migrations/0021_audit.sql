-- Who changed what: a row for each request or import that changed something, written in the same transaction. Rows are kept.
create table audit (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  -- The request that it came by; null for a command.
  request_id text,
  action text not null,
  -- What was changed, if it has an id of its own: an exclusion, an import, a report.
  subject text,
  -- How many stores it concerned; null if it is not about single stores.
  stores_total integer,
  -- The stores, by their ids: they may be removed later. Null if they are too many to list.
  store_ids text[] collate "C",
  -- Whether it may concern a store that is not listed: it is a rule for all stores, or they are too many.
  for_any_store boolean not null default false,
  -- The tags by which the stores were chosen.
  tags jsonb,
  -- The fields that changed.
  before jsonb,
  after jsonb
);
create index audit_by_time on audit (at, audit_id);
create index audit_by_store on audit using gin (store_ids);
create index audit_for_any_store on audit (at, audit_id) where for_any_store;
