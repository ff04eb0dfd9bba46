-- The core of the ledger: stores, products, levels, the journal, orders.
create sequence product_seq start with 1 increment by 50;
create sequence location_seq start with 1 increment by 10;
create sequence store_location_seq start with 1 increment by 10;
create sequence movement_seq start with 1 increment by 1;
create sequence store_order_seq start with 1 increment by 50;
create sequence order_line_seq start with 1 increment by 50;
create sequence order_allocation_seq start with 1 increment by 50;
create sequence parked_order_seq start with 1 increment by 10;

create table store (
  id varchar(40) not null,
  name varchar(255) not null,
  kind varchar(255) not null,
  account varchar(255) not null,
  created_at timestamp(6) with time zone not null,
  created_by varchar(255) not null,
  sync_on boolean not null,
  first_turned_on_at timestamp(6) with time zone,
  take_open_orders boolean not null,
  removed_at timestamp(6) with time zone,
  order_cursor varchar(16000),
  on_hand_figures boolean not null,
  constraint store_pk primary key (id)
);

create table location (
  id bigint not null,
  name varchar(255) not null,
  name_folded varchar(300) not null,
  counts_for_sale boolean not null,
  created_at timestamp(6) with time zone not null,
  created_by varchar(255) not null,
  constraint location_pk primary key (id),
  constraint location_name unique (name_folded)
);

create table store_location (
  id bigint not null,
  store varchar(40) not null,
  code varchar(255) not null,
  name varchar(255) not null,
  writable boolean not null,
  position integer not null,
  present boolean not null,
  constraint store_location_pk primary key (id),
  constraint store_location_code unique (store, code),
  constraint store_location_store foreign key (store) references store (id)
);

create table store_location_target (
  store_location_id bigint not null,
  location_id bigint not null,
  constraint store_location_target_pk primary key (store_location_id, location_id),
  constraint target_store_location foreign key (store_location_id) references store_location (id),
  constraint target_location foreign key (location_id) references location (id)
);

create table product (
  id bigint not null,
  sku varchar(255) not null,
  canonical varchar(600) not null,
  folded varchar(600) not null,
  claim varchar(601) not null,
  name varchar(255) not null,
  name_folded varchar(300) not null,
  opened boolean not null,
  archived boolean not null,
  version bigint not null,
  created_at timestamp(6) with time zone not null,
  created_by varchar(255) not null,
  constraint product_pk primary key (id),
  constraint product_claim unique (claim)
);
create index product_by_sku on product (folded, id);
create index product_by_name on product (name_folded, id);

-- A level is the running sum of its movements.
create table stock_level (
  product_id bigint not null,
  location_id bigint not null,
  in_stock bigint not null,
  booked bigint not null,
  incoming bigint not null,
  version bigint not null,
  counted_version bigint not null,
  counted_at timestamp(6) with time zone,
  constraint stock_level_pk primary key (product_id, location_id),
  constraint level_product foreign key (product_id) references product (id),
  constraint level_location foreign key (location_id) references location (id)
);

create table store_order (
  id bigint not null,
  store varchar(40) not null,
  code varchar(255) not null,
  name varchar(255) not null,
  state varchar(20) not null,
  updated_at timestamp(6) with time zone not null,
  revision bigint not null,
  content_hash varchar(64) not null,
  placed_at timestamp(6) with time zone not null,
  first_seen_at timestamp(6) with time zone not null,
  read_at timestamp(6) with time zone not null,
  applied_at timestamp(6) with time zone,
  counter bigint not null,
  pending boolean not null,
  deleted boolean not null,
  before_turn_on boolean not null,
  taken_in boolean not null,
  claim varchar(300),
  linked_to bigint,
  constraint store_order_pk primary key (id),
  constraint store_order_code unique (store, code),
  constraint store_order_claim unique (claim),
  constraint order_store foreign key (store) references store (id),
  constraint order_linked_to foreign key (linked_to) references store_order (id)
);
create index store_order_by_time on store_order (placed_at desc, id desc);
create index store_order_open on store_order (store, state, read_at);

create table order_line (
  id bigint not null,
  order_id bigint not null,
  code varchar(255) not null,
  position integer not null,
  listing varchar(255),
  variant varchar(255),
  sku varchar(255),
  folded varchar(600),
  title varchar(255) not null,
  product_id bigint,
  match_state varchar(20) not null,
  waiting_since timestamp(6) with time zone,
  store_location varchar(255),
  ordered bigint not null,
  cancelled bigint not null,
  lost bigint not null,
  fulfilled bigint not null,
  returned bigint not null,
  base_cancelled bigint not null,
  base_lost bigint not null,
  base_fulfilled bigint not null,
  base_returned bigint not null,
  sent_at timestamp(6) with time zone,
  undecided bigint not null,
  booked bigint not null,
  oversold boolean not null,
  flagged boolean not null,
  vanished boolean not null,
  constraint order_line_pk primary key (id),
  constraint order_line_code unique (order_id, code),
  constraint line_order foreign key (order_id) references store_order (id),
  constraint line_product foreign key (product_id) references product (id)
);
create index order_line_by_product on order_line (product_id, order_id);
create index order_line_waiting on order_line (waiting_since, id);
create index order_line_folded on order_line (folded, waiting_since);

-- What an order line did to one level: all that was ever posted for it there.
create table order_allocation (
  id bigint not null,
  line_id bigint not null,
  product_id bigint not null,
  location_id bigint not null,
  booked bigint not null,
  fulfilled bigint not null,
  lost bigint not null,
  returned bigint not null,
  constraint order_allocation_pk primary key (id),
  constraint allocation_level unique (line_id, product_id, location_id),
  constraint allocation_line foreign key (line_id) references order_line (id)
);
create index allocation_by_level on order_allocation (product_id, location_id);

-- The journal: rows are inserted, never updated, never deleted.
create table movement (
  id bigint not null,
  product_id bigint not null,
  location_id bigint not null,
  version bigint not null,
  delta_in_stock bigint not null,
  delta_booked bigint not null,
  delta_incoming bigint not null,
  in_stock bigint not null,
  booked bigint not null,
  incoming bigint not null,
  reason varchar(20) not null,
  ref_kind varchar(20) not null,
  ref_id varchar(600) not null,
  ref_counter bigint not null,
  order_id bigint,
  note varchar(255) not null,
  actor varchar(255) not null,
  posted_at timestamp(6) with time zone not null,
  reverses bigint,
  constraint movement_pk primary key (id),
  constraint movement_version unique (product_id, location_id, version),
  constraint movement_reverses unique (reverses),
  constraint movement_level foreign key (product_id, location_id) references stock_level (product_id, location_id),
  constraint movement_order foreign key (order_id) references store_order (id),
  constraint movement_reversed foreign key (reverses) references movement (id)
);
create index movement_by_product on movement (product_id, id);
create index movement_by_order on movement (order_id, id);

create table parked_order (
  id bigint not null,
  store varchar(40) not null,
  code varchar(255) not null,
  reason varchar(1000) not null,
  content varchar(16000) not null,
  since timestamp(6) with time zone not null,
  tries integer not null,
  constraint parked_order_pk primary key (id),
  constraint parked_order_code unique (store, code),
  constraint parked_store foreign key (store) references store (id)
);
create index parked_order_since on parked_order (since, id);

create table idempotency (
  scope varchar(255) not null,
  key_value varchar(128) not null,
  input_hash varchar(64) not null,
  used_at timestamp(6) with time zone not null,
  movement_id bigint,
  constraint idempotency_pk primary key (scope, key_value)
);
create index idempotency_used_at on idempotency (used_at);

insert into location (id, name, name_folded, counts_for_sale, created_at, created_by)
  values (nextval('location_seq'), 'Main', 'main', true, current_timestamp, 'system');
