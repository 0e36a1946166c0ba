-- A report and an import have a status, as in every answer. A state is that of a store: up, down, silent or closed.
-- Indexes and checks on a column follow it; only the names of checks do not.
alter table reports rename column state to status;
alter table reports rename constraint reports_state_check to reports_status_check;
alter table imports rename column state to status;
alter table imports rename constraint imports_state_check to imports_status_check;

-- `requested_by` names the actor. This column never did.
alter table reports rename column asked_by to http_method;
alter table reports rename constraint reports_asked_by_check to reports_http_method_check;
