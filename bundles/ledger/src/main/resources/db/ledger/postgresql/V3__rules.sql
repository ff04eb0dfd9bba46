-- How what is available becomes what stores show: the rule of the listing, else of its store, else the default.
create table listing_rule (
  scope varchar(60) not null,
  kind smallint not null,
  store varchar(40),
  listing_id bigint,
  buffer bigint not null,
  share integer not null,
  min_shown bigint not null,
  max_shown bigint not null,
  close_at bigint not null,
  paused boolean not null,
  without_stock boolean not null,
  changed_at timestamp(6) with time zone,
  changed_by varchar(255) not null,
  constraint listing_rule_pk primary key (scope),
  constraint rule_store foreign key (store) references store (id),
  constraint rule_listing foreign key (listing_id) references listing (id)
);
create index rule_by_kind on listing_rule (kind, store, listing_id);

-- The default is always there: who changes it, and who makes a store's first listing row, take turns on it.
insert into listing_rule
  (scope, kind, buffer, share, min_shown, max_shown, close_at, paused, without_stock, changed_by)
  values ('default', 0, 0, 10000, 0, 9223372036854775807, 0, false, false, 'system');

-- What concerns all listings of a store at once is marked some hundreds at a time; what is left stands here.
alter table listing_store add column wide_version bigint not null default 0;
alter table listing_store add column marking_after bigint;
alter table listing_store add column marking_all boolean not null default false;
create index rule_of_listing on listing_rule (listing_id) where listing_id is not null;
create index figure_by_store on listing_figure (store, id);

-- What matters first is sent first: last units before others, among equals what sold most in recent days.
alter table product add column sold_score double precision not null default 0;
alter table listing_figure add column priority integer not null default 0;
drop index figure_by_queue;
create index figure_by_queue on listing_figure (store, queue, priority, id) where queue > 0;

-- Files of rules: staged, looked at, then applied.
create sequence rule_import_seq start with 1 increment by 1;
create table rule_import (
  id bigint not null,
  name varchar(255) not null,
  state varchar(20) not null,
  rules integer not null,
  problems integer not null,
  done integer not null,
  changed integer not null,
  staged_at timestamp(6) with time zone not null,
  staged_by varchar(255) not null,
  applied_at timestamp(6) with time zone,
  applied_by varchar(255),
  constraint rule_import_pk primary key (id)
);

-- One rule of a file, by its place among them. What it was before stands there once it is applied.
create table rule_import_row (
  import_id bigint not null,
  place integer not null,
  scope varchar(60) not null,
  store varchar(40),
  listing_id bigint,
  rule varchar(160),
  changed boolean not null,
  rule_before varchar(160),
  constraint rule_import_row_pk primary key (import_id, place),
  constraint rule_import_row_scope unique (import_id, scope),
  constraint rule_import_row_import foreign key (import_id) references rule_import (id)
);
create index rule_import_row_of_store on rule_import_row (import_id, store, place);

create table rule_import_problem (
  import_id bigint not null,
  place integer not null,
  line bigint not null,
  column_name varchar(40) not null,
  message varchar(500) not null,
  constraint rule_import_problem_pk primary key (import_id, place),
  constraint rule_import_problem_import foreign key (import_id) references rule_import (id)
);
