-- A report's request is one value, in the shape of `ReportRequest`: what is asked for grows without a new column each time.
-- Its as-of is whole microseconds, as in `micros`; absent where nobody asked for one.
alter table reports add column request jsonb;
update reports set request = jsonb_strip_nulls(jsonb_build_object(
  'asOf', micros(as_of_asked),
  'method', method,
  'windows', jsonb_build_array('last_hour', 'last_day', 'last_week'),
  'precision', "precision"
));
alter table reports alter column request set not null;
alter table reports drop column method, drop column axes, drop column "precision", drop column as_of_asked;

-- Totals are a list of windows with a sum for each measure. Reports of an older version have only uptime and downtime.
alter table reports add column totals jsonb;
update reports set totals = jsonb_build_array(
  jsonb_build_object('window', 'last_hour', 'sums', fleet -> 'hour'),
  jsonb_build_object('window', 'last_day', 'sums', fleet -> 'day'),
  jsonb_build_object('window', 'last_week', 'sums', fleet -> 'week')
) where fleet is not null;
alter table reports drop column fleet;

-- The HTTP method that asked for a report.
alter table reports add column asked_by text not null default 'POST' check (asked_by in ('GET', 'POST'));

-- Who asked for a report, and who loaded a file. Rows from before this was kept say nothing.
alter table reports add column requested_by text check (requested_by in ('command', 'page', 'anonymous'));
alter table imports add column loaded_by text check (loaded_by in ('command', 'page', 'anonymous'));
