-- What stores sell, what they show and what they should show.
create sequence listing_seq as bigint start with 1 increment by 50;
create sequence listing_figure_seq as bigint start with 1 increment by 50;

-- One row per store: pulls of one store take turns on it, and its version stands for rules and location mapping.
create table listing_store (
  store varchar(40) not null,
  rule_version bigint not null,
  constraint listing_store_pk primary key (store)
);

-- Keys begin with the store: a list of them is found by one column, which both databases look up row by row.
create table listing (
  id bigint not null,
  store varchar(40) not null,
  code varchar(255) not null,
  variant varchar(255) not null,
  ref_key varchar(600) not null,
  sku varchar(255),
  title varchar(255) not null,
  search varchar(520) not null,
  store_state varchar(20) not null,
  store_reason varchar(500) not null,
  gone boolean not null,
  state varchar(20) not null,
  state_reason varchar(500) not null,
  counter varchar(255) not null,
  counter_key varchar(300) not null,
  product_id bigint,
  folded_match boolean not null,
  last_pull varchar(100) not null,
  constraint listing_pk primary key (id),
  constraint listing_ref unique (ref_key),
  constraint listing_store_row foreign key (store) references listing_store (store),
  constraint listing_product foreign key (product_id) references product (id)
);
create index listing_by_counter on listing (counter_key, id);
create index listing_by_product on listing (product_id, id);
create index listing_by_sku on listing (store, sku, id);

-- A figure of a counter at one of the store's locations. Listings that share the counter share it.
create table listing_figure (
  id bigint not null,
  store varchar(40) not null,
  counter varchar(255) not null,
  counter_key varchar(300) not null,
  store_location varchar(255) not null,
  listing_id bigint not null,
  product_id bigint,
  active boolean not null,
  shown boolean not null,
  seen bigint,
  seen_at timestamp,
  off_belief boolean not null,
  first_gap bigint,
  first_gap_at timestamp,
  belief bigint,
  sent_belief bigint,
  sent bigint,
  sent_key varchar(255),
  sent_token varchar(1000),
  sent_product_version bigint not null,
  sent_rule_version bigint not null,
  sent_interim boolean not null,
  acknowledged bigint,
  acknowledged_at timestamp,
  acknowledged_product_version bigint not null,
  acknowledged_rule_version bigint not null,
  needed_product_version bigint not null,
  needed_rule_version bigint not null,
  due boolean not null,
  queue smallint not null,
  outcome varchar(20) not null,
  message varchar(1000) not null,
  retry_at timestamp,
  attempts integer not null,
  stales integer not null,
  row_version bigint not null,
  constraint listing_figure_pk primary key (id),
  constraint listing_figure_place unique (counter_key, store_location),
  constraint figure_listing foreign key (listing_id) references listing (id),
  constraint figure_product foreign key (product_id) references product (id)
);
create index figure_by_product on listing_figure (product_id, id);
-- Figures are found by their listing through the index that Derby keeps for the foreign key.
create index figure_by_queue on listing_figure (store, queue, id);
create index figure_off_belief on listing_figure (store, off_belief, id);

-- What is open of a product, without its history.
create index allocation_open on order_allocation (product_id, booked);
