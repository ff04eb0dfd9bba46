-- Which node serves which store. The first table is written by acquisitions alone and is what transactions under a lease hold
-- on to; the second one is written by renewals, which therefore wait for nobody.
create table store_lease (
  store varchar(40) not null,
  node varchar(100) not null,
  token bigint not null,
  acquired_at timestamp(6) with time zone not null,
  constraint store_lease_pk primary key (store)
);

create table store_lease_term (
  store varchar(40) not null,
  token bigint not null,
  expires_at timestamp(6) with time zone not null,
  constraint store_lease_term_pk primary key (store)
);
