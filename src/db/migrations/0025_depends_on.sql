-- What a completed report depends on beside its request: the version of Storewatch, how many polls it used, and fingerprints of these
-- polls, of calendars, and of names, tags, targets and sales. Null for reports of older versions. The zone rules are in `tzdata`.
alter table reports add column depends_on jsonb;
