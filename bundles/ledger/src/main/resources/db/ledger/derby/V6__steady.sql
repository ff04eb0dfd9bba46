-- Since when readings of a figure are the same and no order moved it; null when an order did since it was read.
alter table listing_figure add column steady_since timestamp;
