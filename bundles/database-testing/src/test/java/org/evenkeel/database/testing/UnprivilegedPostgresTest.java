package org.evenkeel.database.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "root runs PostgreSQL as another user on Linux alone")
class UnprivilegedPostgresTest {

    @Test
    void runsAServerAndLeavesNothingBehind() throws Exception {
        Path home;
        String url;
        try (UnprivilegedPostgres server = UnprivilegedPostgres.start()) {
            url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
            home = Path.of(query(url, "show data_directory")).getParent();
            assertThat(home).exists();
        }
        assertThat(Files.exists(home)).isFalse();
        assertThatThrownBy(() -> query(url, "select 1")).isInstanceOf(SQLException.class);
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.SUPERUSER, "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
