-- As of when a store's orders are known, and what the store was told of where to call back.
alter table sync_lane add column orders_known_as_of timestamp;
alter table sync_lane add column subscribed blob(1M);
-- Not null in rows that are there already, for Derby takes no null for a binary parameter.
update sync_lane set subscribed = cast(X'' as blob);
