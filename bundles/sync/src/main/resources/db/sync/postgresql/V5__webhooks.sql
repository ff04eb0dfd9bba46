-- As of when a store's orders are known, and what the store was told of where to call back.
alter table sync_lane add column orders_known_as_of timestamp(6) with time zone;
alter table sync_lane add column subscribed bytea;
