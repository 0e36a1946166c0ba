-- People who signed in at a provider of identities. What they may do is what the provider said when they last signed in.
create table people (
  person_id integer generated always as identity primary key,
  issuer text not null,
  subject text not null,
  -- As the audit shows it.
  name text not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  -- The tags of the stores that they see; null: all stores.
  tags jsonb,
  signed_in_at timestamptz not null default clock_timestamp(),
  unique (issuer, subject)
);

-- Browsers in which somebody is signed in, with a key or at a provider.
create table sessions (
  -- SHA-256 of the cookie. The first eight bytes find the row, and all of them are compared outside of the database.
  selector bytea primary key check (length(selector) = 8),
  hash bytea not null check (length(hash) = 32 and substr(hash, 1, 8) = selector),
  key_id integer references access_keys,
  person_id integer references people,
  made_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  check (num_nonnulls(key_id, person_id) = 1)
);
create index sessions_by_key on sessions (key_id);
create index sessions_by_person on sessions (person_id);
