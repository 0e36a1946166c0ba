-- Exclusions are listed by when they were made.
create index exclusions_by_time on exclusions (made_at, exclusion_id);
