-- Orders that a person said In Stock counts already: as of when; null for all others.
alter table store_order add column counted_as_of timestamp(6) with time zone;
