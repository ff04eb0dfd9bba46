CREATE TABLE item (
    id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(100) NOT NULL UNIQUE,
    quantity BIGINT NOT NULL,
    seen TIMESTAMP NOT NULL
);
ALTER TABLE item ADD COLUMN note VARCHAR(100);

-- Longer than the test lets a server say nothing.
select pg_sleep(2);
