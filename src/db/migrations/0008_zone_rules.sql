-- The release of the zone rules, such as 2026f, that a report is made by. Older reports do not know theirs.
alter table reports add column tzdata text;
