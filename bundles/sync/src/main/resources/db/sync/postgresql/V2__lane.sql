-- How each store is kept level, what holds it, what it waits for; what runs exchanged with stores; oversell windows; and how
-- often this database was in use, so that one restored from a back-up is known as such.
alter table sync_lane add column run_interval_ms bigint;
alter table sync_lane add column drift varchar(20) not null default 'OVERWRITE';
alter table sync_lane add column shadow boolean not null default false;
alter table sync_lane add column guard_share int;
alter table sync_lane add column window_alarm_ms bigint;
alter table sync_lane add column held_reason varchar(2000);
alter table sync_lane add column wait_until timestamp(6) with time zone;
alter table sync_lane add column wait_words varchar(2000) not null default '';
alter table sync_lane add column wait_asked boolean not null default false;
alter table sync_lane add column wait_failures int not null default 0;

create table sync_exchange (
  run bigint not null,
  place int not null,
  began_at timestamp(6) with time zone not null,
  details bytea not null,
  constraint sync_exchange_pk primary key (run, place)
);

create index sync_exchange_at on sync_exchange (began_at);

create sequence sync_window_seq start with 1 increment by 50;

create table sync_window (
  id bigint not null,
  store varchar(40) not null,
  closed_at timestamp(6) with time zone not null,
  length_ms bigint not null,
  constraint sync_window_pk primary key (id)
);

create index sync_window_store on sync_window (store, closed_at);
create index sync_window_closed on sync_window (closed_at);

create table sync_pulse (
  node varchar(100) not null,
  pulse bigint not null,
  constraint sync_pulse_pk primary key (node)
);

insert into sync_pulse (node, pulse) values ('*', 0);
