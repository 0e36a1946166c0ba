-- The SHA-256 of each applied file. A file that changes after that is refused. The program fills in rows that have none.
alter table migrations add column checksum text check (checksum ~ '^[0-9a-f]{64}$');
