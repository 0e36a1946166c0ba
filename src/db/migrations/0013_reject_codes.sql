-- The kind of fault of a rejected row: reasons of one kind differ in what they propose for each value.
alter table rejects add column code text;
