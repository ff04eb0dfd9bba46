package org.evenkeel.ledger.impl.posting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.evenkeel.database.Database.Vendor;

/**
 * The rows of levels, products and the journal's sequence in SQL: the hot path of every posting, and the one place where the
 * two databases differ in it. PostgreSQL locks many rows in the order asked for with one statement; Derby, which is in this
 * process, takes one statement for each.
 */
final class LevelRows {
    private static final int CHUNK = 1_000;
    private static final String FIGURES =
            "product_id, location_id, in_stock, booked, incoming, version, counted_version";

    private final Vendor vendor;

    LevelRows(Vendor vendor) {
        this.vendor = vendor;
    }

    /** Locks the rows that exist, in sorted order, and reads them. */
    Map<LevelKey, Figures> lock(Connection connection, SortedSet<LevelKey> keys) throws SQLException {
        return vendor == Vendor.POSTGRESQL ? lockTogether(connection, keys) : lockOneByOne(connection, keys);
    }

    private static Map<LevelKey, Figures> lockTogether(Connection connection, SortedSet<LevelKey> keys)
            throws SQLException {
        Map<LevelKey, Figures> found = new TreeMap<>();
        String sql =
                "select l.product_id, l.location_id, l.in_stock, l.booked, l.incoming, l.version, l.counted_version"
                        + " from stock_level l join unnest(?, ?) as wanted(product, location)"
                        + " on l.product_id = wanted.product and l.location_id = wanted.location"
                        + " order by l.product_id, l.location_id for no key update of l";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (List<LevelKey> chunk : chunks(keys)) {
                select.setArray(1, longs(connection, chunk.stream().map(LevelKey::product)));
                select.setArray(2, longs(connection, chunk.stream().map(LevelKey::location)));
                collect(select, found);
            }
        }
        return found;
    }

    private static java.sql.Array longs(Connection connection, java.util.stream.Stream<Long> values)
            throws SQLException {
        return connection.createArrayOf("bigint", values.toArray(Long[]::new));
    }

    private static List<List<LevelKey>> chunks(Collection<LevelKey> keys) {
        List<LevelKey> all = List.copyOf(keys);
        List<List<LevelKey>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }

    private static Map<LevelKey, Figures> lockOneByOne(Connection connection, SortedSet<LevelKey> keys)
            throws SQLException {
        Map<LevelKey, Figures> found = new TreeMap<>();
        String sql =
                "select " + FIGURES + " from stock_level where product_id = ? and location_id = ? for update with rs";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (LevelKey key : keys) {
                select.setLong(1, key.product());
                select.setLong(2, key.location());
                collect(select, found);
            }
        }
        return found;
    }

    private static void collect(PreparedStatement select, Map<LevelKey, Figures> found) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.put(
                        new LevelKey(rows.getLong(1), rows.getLong(2)),
                        new Figures(
                                rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6), rows.getLong(7)));
            }
        }
    }

    /** Inserts levels that moved for the first time, in sorted order. */
    void insert(Connection connection, SortedMap<LevelKey, Figures> levels, Instant now) throws SQLException {
        String sql = "insert into stock_level (in_stock, booked, incoming, version, counted_version, counted_at,"
                + " product_id, location_id) values (?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map.Entry<LevelKey, Figures> level : levels.entrySet()) {
                Figures figures = level.getValue();
                figures(insert, figures);
                setTime(insert, 6, figures.counted() > 0 ? now : null);
                insert.setLong(7, level.getKey().product());
                insert.setLong(8, level.getKey().location());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Writes levels that are locked. */
    void update(Connection connection, SortedMap<LevelKey, Figures> levels) throws SQLException {
        String sql = "update stock_level set in_stock = ?, booked = ?, incoming = ?, version = ?, counted_version = ?"
                + " where product_id = ? and location_id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (Map.Entry<LevelKey, Figures> level : levels.entrySet()) {
                figures(update, level.getValue());
                update.setLong(6, level.getKey().product());
                update.setLong(7, level.getKey().location());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void figures(PreparedStatement statement, Figures figures) throws SQLException {
        statement.setLong(1, figures.inStock());
        statement.setLong(2, figures.booked());
        statement.setLong(3, figures.incoming());
        statement.setLong(4, figures.version());
        statement.setLong(5, figures.counted());
    }

    /** Takes note of when levels were counted. */
    void counted(Connection connection, Collection<LevelKey> keys, Instant at) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update stock_level set counted_at = ? where product_id = ? and location_id = ?")) {
            for (LevelKey key : keys) {
                setTime(update, 1, at);
                update.setLong(2, key.product());
                update.setLong(3, key.location());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private void setTime(PreparedStatement statement, int index, Instant time) throws SQLException {
        if (vendor == Vendor.POSTGRESQL) {
            statement.setObject(index, time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        } else {
            java.util.Calendar utc = java.util.Calendar.getInstance(java.util.TimeZone.getTimeZone(ZoneOffset.UTC));
            statement.setTimestamp(index, time == null ? null : Timestamp.from(time), utc);
        }
    }

    /** What movements do to a product besides its levels. @param opens whether they count it @param sold as {@link Sold} */
    record Raise(boolean opens, double sold) {
        Raise and(Raise other) {
            return new Raise(opens || other.opens, sold + other.sold);
        }
    }

    /** Raises the change versions of products, in sorted order, opens those that were counted, and adds what was sold. */
    void raise(Connection connection, SortedMap<Long, Raise> raises) throws SQLException {
        String sql = "update product set version = version + 1, sold_score = sold_score + ?,"
                + " opened = case when opened = true or ? = 1 then true else false end where id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (Map.Entry<Long, Raise> product : raises.entrySet()) {
                update.setDouble(1, product.getValue().sold());
                update.setInt(2, product.getValue().opens() ? 1 : 0);
                update.setLong(3, product.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** The next ids of the journal, rising. */
    List<Long> movementIds(Connection connection, int count) throws SQLException {
        String sql = vendor == Vendor.POSTGRESQL
                ? "select nextval('movement_seq') from generate_series(1, " + count + ")"
                : "values next value for movement_seq";
        List<Long> ids = new ArrayList<>(count);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            while (ids.size() < count) {
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getLong(1));
                    }
                }
            }
        }
        return ids;
    }
}
