-- A default is a column of the plan, and what a row would get by it is worked out when it is asked for.
alter table sync_plan_row drop column adopt_gets;
alter table sync_plan_row drop column adopt_changes;
alter table sync_plan_row drop column adopt_in_stock;

-- How late the store's orders may come, in milliseconds.
alter table sync_plan add column order_lag bigint not null default 0;
