-- Several hosts on one database: the lease under which a lane's row was written last; what the node that serves a store is to
-- look at; what other nodes ask of it.
alter table sync_lane add column token bigint not null default 0;

create table sync_signal (
  store varchar(40) not null,
  wakes bigint not null,
  hints bigint not null,
  switches bigint not null,
  requests bigint not null,
  constraint sync_signal_pk primary key (store)
);

create sequence sync_request_seq start with 1 increment by 1;

create table sync_request (
  id bigint not null,
  store varchar(40) not null,
  kind varchar(40) not null,
  arguments bytea not null,
  asked_by varchar(100) not null,
  expires_at timestamp(6) with time zone not null,
  state varchar(20) not null,
  answer bytea not null,
  constraint sync_request_pk primary key (id)
);

create index sync_request_store on sync_request (store, state);
