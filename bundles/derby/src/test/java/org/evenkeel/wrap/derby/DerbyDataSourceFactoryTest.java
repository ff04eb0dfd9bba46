package org.evenkeel.wrap.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.jdbc.DataSourceFactory;

class DerbyDataSourceFactoryTest {

    private final DerbyDataSourceFactory factory = new DerbyDataSourceFactory();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        factory.shutDown();
    }

    private static Properties properties(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return properties;
    }

    private String url() {
        return "jdbc:derby:" + folder.resolve("database") + ";create=true";
    }

    @Test
    void makesEachKindOfDataSource() throws SQLException {
        Properties url = properties(DataSourceFactory.JDBC_URL, url());
        try (Connection plain = factory.createDataSource(url).getConnection();
                Connection direct = factory.createDriver(null).connect(url(), new Properties())) {
            assertThat(plain.isValid(5)).isTrue();
            assertThat(direct.isValid(5)).isTrue();
        }
        Properties name = properties(
                DataSourceFactory.JDBC_DATABASE_NAME, folder.resolve("database").toString());
        var pooled = factory.createConnectionPoolDataSource(name).getPooledConnection();
        assertThat(pooled.getConnection().isValid(5)).isTrue();
        pooled.close();
        var distributed = factory.createXADataSource(name).getXAConnection();
        assertThat(distributed.getConnection().isValid(5)).isTrue();
        distributed.close();
    }

    @Test
    void freesTheFolderWhenItStopsAndOpensItAgain() throws SQLException {
        Properties url = properties(DataSourceFactory.JDBC_URL, url());
        Connection left = factory.createDataSource(url).getConnection();
        assertThat(folder.resolve("database/db.lck")).exists();

        factory.shutDown();
        factory.shutDown();

        assertThat(folder.resolve("database/db.lck")).doesNotExist();
        assertThat(left.isClosed()).isTrue();
        try (Connection again =
                new DerbyDataSourceFactory().createDataSource(url).getConnection()) {
            assertThat(again.isValid(5)).isTrue();
        }
    }

    @Test
    void leavesNoLogInTheWorkingDirectory() throws SQLException {
        factory.createDataSource(properties(DataSourceFactory.JDBC_URL, url()))
                .getConnection()
                .close();

        assertThat(Path.of("derby.log")).doesNotExist();
    }

    @Test
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "other systems have no such permissions")
    void keepsTheFilesToTheirOwner() throws Exception {
        factory.createDataSource(properties(DataSourceFactory.JDBC_URL, url()))
                .getConnection()
                .close();

        assertThat(Files.getPosixFilePermissions(folder.resolve("database/service.properties")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void namesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> factory.createDataSource(new Properties()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(DataSourceFactory.JDBC_URL);
        assertThatThrownBy(() -> factory.createDataSource(properties(DataSourceFactory.JDBC_URL, "jdbc:other:x")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("jdbc:derby:");
        assertThatThrownBy(() -> factory.createDataSource(properties("colour", "red")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("colour");
    }
}
