-- Instants travel as whole microseconds since 1970: a JavaScript Date would drop the last three digits.
create function micros(timestamptz) returns bigint
  language sql stable strict parallel safe
  return (extract(epoch from $1) * 1000000)::bigint;

create function instant(micros bigint) returns timestamptz
  language sql stable strict parallel safe
  return timestamptz '1970-01-01 00:00:00+00' + $1 * interval '1 microsecond';

-- While somebody works on a report, one session of theirs holds this lock; it ends with the session, however it ends.
create function report_lock(report_id uuid) returns bigint
  language sql immutable strict parallel safe
  return hashtextextended($1::text, 0);

create function is_worked_on(report_id uuid) returns boolean
  language sql stable strict
  return exists (
    select from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and classid = ((report_lock($1) >> 32) & 4294967295)::oid
      and objid = (report_lock($1) & 4294967295)::oid
  );
