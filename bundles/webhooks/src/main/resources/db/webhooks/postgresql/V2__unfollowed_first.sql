-- Every host looks now and then for what no pull has followed, of all stores: few rows of many.
drop index webhook_event_by_time;
create index webhook_event_by_followed on webhook_event (followed, store, received_at);
