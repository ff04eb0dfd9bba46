package org.evenkeel.sync.internal.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.database.testing.TestDatabase;

/** The tables of a Derby, whichever there are, and a way to make them what they were when they were migrated. */
final class Tables {
    private final Connection connection;
    /** Deletions, in an order in which no row is left that another one refers to. */
    private final List<PreparedStatement> deletions = new ArrayList<>();
    /** What migrations put into the tables, in the order in which it can be put back. */
    private final List<Seeded> seeded = new ArrayList<>();

    private record Seeded(PreparedStatement insertion, List<Object[]> rows) {}

    /** Looks at the tables as they are now: that is what they are made again. */
    Tables(TestDatabase database) {
        try {
            connection = DriverManager.getConnection(database.url());
            List<String> order = childrenFirst();
            for (String table : order) {
                deletions.add(connection.prepareStatement("DELETE FROM " + table));
            }
            for (String table : order) {
                seeded.add(0, seeded(table));
            }
            seeded.removeIf(table -> table.rows().isEmpty());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> childrenFirst() throws SQLException {
        Map<String, List<String>> parents = new LinkedHashMap<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, "APP", "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                if (!table.endsWith("_schema_history")) {
                    parents.put(table, new ArrayList<>());
                }
            }
        }
        for (String table : parents.keySet()) {
            try (ResultSet keys = connection.getMetaData().getImportedKeys(null, "APP", table)) {
                while (keys.next()) {
                    parents.get(table).add(keys.getString("PKTABLE_NAME"));
                }
            }
        }
        List<String> order = new ArrayList<>();
        while (!parents.isEmpty()) {
            List<String> childless = parents.keySet().stream()
                    .filter(table -> parents.entrySet().stream()
                            .noneMatch(other -> !other.getKey().equals(table)
                                    && other.getValue().contains(table)))
                    .toList();
            if (childless.isEmpty()) {
                throw new IllegalStateException("Tables refer to each other in a circle: " + parents);
            }
            order.addAll(childless);
            parents.keySet().removeAll(childless);
        }
        return order.stream().map(table -> '"' + table + '"').toList();
    }

    private Seeded seeded(String table) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet all = query.executeQuery("SELECT * FROM " + table)) {
            int columns = all.getMetaData().getColumnCount();
            while (all.next()) {
                Object[] row = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = all.getObject(i + 1);
                }
                rows.add(row);
            }
            String marks = String.join(",", java.util.Collections.nCopies(columns, "?"));
            return new Seeded(connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")"), rows);
        }
    }

    /** Makes all tables what they were. */
    void empty() {
        try {
            connection.setAutoCommit(false);
            for (PreparedStatement deletion : deletions) {
                deletion.executeUpdate();
            }
            for (Seeded table : seeded) {
                for (Object[] row : table.rows()) {
                    for (int i = 0; i < row.length; i++) {
                        table.insertion().setObject(i + 1, row[i]);
                    }
                    table.insertion().executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
