-- People who signed in on a page. What they may do is what their key may do now.
create table sessions (
  -- SHA-256 of the cookie. The first eight bytes find the row, and all of them are compared outside of the database.
  selector bytea primary key check (length(selector) = 8),
  hash bytea not null check (length(hash) = 32 and substr(hash, 1, 8) = selector),
  key_id integer not null references access_keys,
  made_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create index sessions_by_key on sessions (key_id);
