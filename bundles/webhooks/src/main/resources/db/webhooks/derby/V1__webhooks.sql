-- Webhooks that are genuine: kept before they are answered, until a pull has followed them and for some days after that.
create table webhook_event (
  store varchar(40) not null,
  event varchar(100) not null,
  received_at timestamp not null,
  hints varchar(1000) not null,
  followed boolean not null,
  constraint webhook_event_pk primary key (store, event)
);

create index webhook_event_by_time on webhook_event (store, followed, received_at);
