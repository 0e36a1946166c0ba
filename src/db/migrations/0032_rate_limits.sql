-- Requests of the current minute, by key and by address. Nothing is lost with them, so they are not logged. The library that counts
-- knows the columns by their places.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  -- Milliseconds since 1970.
  expire bigint
);
