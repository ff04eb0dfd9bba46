-- Orders that a person said In Stock counts already: as of when; null for all others.
alter table store_order add column counted_as_of timestamp;

-- Since when readings of a figure are the same and no order moved it; null when an order did since it was read.
alter table listing_figure add column steady_since timestamp;
