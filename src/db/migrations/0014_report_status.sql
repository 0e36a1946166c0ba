-- A report and an import have a status, as in every answer. A state is that of a store: up, down, silent or closed.
-- Indexes and checks on a column follow it; only the names of two checks do not.
alter table reports rename column state to status;
alter table reports rename constraint reports_state_check to reports_status_check;
alter table imports rename column state to status;
alter table imports rename constraint imports_state_check to imports_status_check;
