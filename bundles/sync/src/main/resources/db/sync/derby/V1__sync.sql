-- What lanes keep: where each store's lane stands, its runs, and what its connector must remember.
create sequence sync_run_seq as bigint start with 1 increment by 1;

create table sync_lane (
  store varchar(40) not null,
  last_pull_at timestamp,
  last_listing_pull_at timestamp,
  last_push_at timestamp,
  next_run_at timestamp,
  next_reread_at timestamp,
  stop varchar(20),
  words varchar(2000) not null,
  take_open_orders boolean not null,
  opening varchar(20) not null,
  checked_at timestamp,
  check_report blob(1M) not null,
  oversell_window_ms bigint,
  constraint sync_lane_pk primary key (store)
);

create table sync_run (
  id bigint not null,
  store varchar(40) not null,
  cause varchar(20) not null,
  actor varchar(255) not null,
  started_at timestamp not null,
  ended_at timestamp,
  outcome varchar(20),
  details blob(1M) not null,
  constraint sync_run_pk primary key (id)
);

create index sync_run_store on sync_run (store, id);

create table sync_connector_state (
  store varchar(40) not null,
  listing varchar(255) not null,
  variant varchar(255) not null,
  name varchar(100) not null,
  version bigint not null,
  content blob(1M) not null,
  present boolean not null,
  secret boolean not null,
  constraint sync_connector_state_pk primary key (store, listing, variant, name)
);
