-- Keys of programs and people. Rows stay when a key is revoked or has expired: a service that had a key never opens again by itself.
create table access_keys (
  key_id integer generated always as identity primary key,
  name text not null,
  -- The first characters of the key, so that people can tell which key they found somewhere.
  beginning text not null,
  -- SHA-256 of the whole key. The first eight bytes find the row, and all of them are compared outside of the database.
  selector bytea not null unique check (length(selector) = 8),
  hash bytea not null check (length(hash) = 32 and substr(hash, 1, 8) = selector),
  scopes text[] not null check (cardinality(scopes) > 0),
  -- The tags of the stores that it sees; null: all stores.
  tags jsonb,
  made_at timestamptz not null default clock_timestamp(),
  made_by text not null,
  expires_at timestamptz,
  -- Noted at most once a minute.
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index access_keys_by_name on access_keys (name) where revoked_at is null;

-- Keys and people ask for reports and load files, by their names.
alter table reports drop constraint reports_requested_by_check;
alter table imports drop constraint imports_loaded_by_check;
