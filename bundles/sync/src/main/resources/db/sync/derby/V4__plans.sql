-- Plans: what turning a store on, letting it go or undoing that would do, as it was found and chosen; and by which plan a store is
-- on.
create sequence sync_plan_seq as bigint start with 1 increment by 1;
create sequence sync_plan_row_seq as bigint start with 1 increment by 50;
create sequence sync_plan_order_seq as bigint start with 1 increment by 50;

create table sync_plan (
  id bigint not null,
  store varchar(40) not null,
  kind varchar(20) not null,
  state varchar(20) not null,
  actor varchar(255) not null,
  begun_at timestamp not null,
  as_of timestamp not null,
  progressed_at timestamp not null,
  ready_at timestamp,
  ended_at timestamp,
  applied_by varchar(255),
  words varchar(2000) not null,
  basis varchar(500) not null,
  first_time boolean not null,
  on_hand boolean not null,
  cap bigint not null,
  listings bigint not null,
  orders bigint not null,
  totals blob(1M) not null,
  opening varchar(20) not null,
  missed_orders varchar(20) not null,
  take_open_orders boolean not null,
  run bigint,
  undoes bigint,
  undone_by bigint,
  constraint sync_plan_pk primary key (id)
);

create index sync_plan_store on sync_plan (store, id);

create table sync_plan_row (
  id bigint not null,
  plan bigint not null,
  row_key varchar(90) not null,
  listing_key varchar(300) not null,
  counter_key varchar(300) not null,
  folded_key varchar(630),
  listing varchar(255) not null,
  variant varchar(255) not null,
  counter varchar(255) not null,
  sku varchar(255),
  sort_sku varchar(600) not null,
  canonical varchar(600),
  folded varchar(600),
  search varchar(520) not null,
  title varchar(255) not null,
  location varchar(255) not null,
  place varchar(255) not null,
  product bigint,
  product_key varchar(650),
  findings varchar(200) not null,
  words varchar(1000) not null,
  sent boolean not null,
  choosable boolean not null,
  conflict boolean not null,
  opened boolean not null,
  there bigint,
  believed bigint,
  available bigint not null,
  open_units bigint not null,
  other_units bigint not null,
  pending bigint not null,
  rule varchar(200) not null,
  choice varchar(20),
  quantity bigint,
  gets bigint,
  changes varchar(20) not null,
  in_stock bigint,
  adopt_gets bigint,
  adopt_changes varchar(20) not null,
  adopt_in_stock bigint,
  before_plan bigint,
  sold bigint,
  constraint sync_plan_row_pk primary key (id),
  constraint sync_plan_row_key unique (row_key)
);

-- Keys begin with the plan: a list of them is found by one column, which both databases look up row by row.
create index sync_plan_row_id on sync_plan_row (plan, id);
create index sync_plan_row_sku on sync_plan_row (plan, sort_sku, id);
create index sync_plan_row_listing on sync_plan_row (listing_key);
create index sync_plan_row_product on sync_plan_row (product_key, id);
create index sync_plan_row_folded on sync_plan_row (folded_key);
create index sync_plan_row_counter on sync_plan_row (counter_key, id);

create table sync_plan_order (
  id bigint not null,
  plan bigint not null,
  code_key varchar(300) not null,
  code varchar(255) not null,
  name varchar(255) not null,
  placed_at timestamp not null,
  kind varchar(20) not null,
  units bigint not null,
  details blob(1M) not null,
  choice varchar(20),
  constraint sync_plan_order_pk primary key (id),
  constraint sync_plan_order_code unique (code_key)
);

create index sync_plan_order_time on sync_plan_order (plan, placed_at, id);
create index sync_plan_order_id on sync_plan_order (plan, id);

alter table sync_lane add column plan bigint;
alter table sync_lane add column plan_step varchar(20);
alter table sync_lane add column step_plan bigint;
