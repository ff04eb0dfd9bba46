package org.evenkeel.database.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Optional;
import org.evenkeel.database.Database.Vendor;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.wrap.derby.DerbyDataSourceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {

    private static final String SECRET = "s3cr3t-of-the-shop";

    @Test
    void isEmbeddedInTheDataFolderWithoutAnAddress(@TempDir Path data) {
        DatabaseSettings settings = DatabaseSettings.of(configuration("", "", "", 10), Optional.of(data));

        assertThat(settings.url()).isEqualTo("jdbc:derby:" + data.resolve("database"));
        assertThat(VendorStrategy.of(settings.url()).vendor()).isEqualTo(Vendor.DERBY);
    }

    @Test
    void saysWhatToSetWhenThereIsNoDataFolder() {
        assertThatThrownBy(() -> DatabaseSettings.of(configuration("", "", "", 10), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("evenkeel.data")
                .hasMessageContaining("org.evenkeel.database");
    }

    @Test
    void takesTheVendorFromTheAddress() {
        assertThat(VendorStrategy.of("jdbc:postgresql://localhost/evenkeel").vendor())
                .isEqualTo(Vendor.POSTGRESQL);
        assertThatThrownBy(() -> VendorStrategy.of("jdbc:mysql://localhost/evenkeel"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:mysql://localhost/evenkeel")
                .hasMessageContaining("jdbc:postgresql:");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 201})
    void refusesAPoolThatIsTooSmallOrTooLarge(int size) {
        assertThatThrownBy(() -> new DatabaseSettings("jdbc:postgresql://localhost/evenkeel", "", "", size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pool.size")
                .hasMessageContaining("2 to 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/evenkeel?user=ek&password=" + SECRET,
                "jdbc:postgresql://db/evenkeel?sslPassword=" + SECRET,
                "jdbc:postgresql://ek:" + SECRET + "@db/evenkeel",
                "jdbc:derby:/data/db;bootPassword=" + SECRET,
                "jdbc:derby:/data/db;encryptionKey=" + SECRET
            })
    void refusesASecretInTheAddressWithoutShowingIt(String url) {
        assertThatThrownBy(() -> new DatabaseSettings(url, "", "", 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void takesAnAddressWithHarmlessParameters() {
        String url = "jdbc:postgresql://db/evenkeel?sslmode=verify-full&sslkey=/etc/ek.pk8&targetServerType=primary";

        assertThat(new DatabaseSettings(url, "ek", SECRET, 10).url()).isEqualTo(url);
    }

    @Test
    void neverShowsThePassword() {
        DatabaseSettings settings =
                new DatabaseSettings("jdbc:postgresql://db/evenkeel?sslmode=require", "ek", SECRET, 10);

        assertThat(settings).hasToString("jdbc:postgresql://db/evenkeel as ek");
        assertThat(settings.redact("refused " + SECRET + "!")).isEqualTo("refused …!");
    }

    @Test
    void addsItsDefaultsToAnAddressThatDoesNotSayOtherwise() {
        assertThat(PostgresVendor.withDefaults("jdbc:postgresql://db/ek"))
                .isEqualTo(
                        "jdbc:postgresql://db/ek?ApplicationName=evenkeel&reWriteBatchedInserts=true&socketTimeout=60&tcpKeepAlive=true");
        assertThat(PostgresVendor.withDefaults("jdbc:postgresql://db/ek?tcpKeepAlive=false"))
                .isEqualTo(
                        "jdbc:postgresql://db/ek?tcpKeepAlive=false&ApplicationName=evenkeel&reWriteBatchedInserts=true&socketTimeout=60");
        assertThat(PostgresVendor.withDefaults("jdbc:postgresql://db/ek?socketTimeout=7"))
                .contains("?socketTimeout=7&")
                .doesNotContain("socketTimeout=60");
    }

    @Test
    void saysThatAFolderIsNoDatabase(@TempDir Path folder) {
        assertThatThrownBy(() -> ConnectedDatabase.connect(
                        new DatabaseSettings("jdbc:derby:" + folder, "", "", 2), new DerbyDataSourceFactory()))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("no database");
    }

    private static DatabaseConfiguration configuration(String url, String user, String password, int poolSize) {
        return new DatabaseConfiguration() {
            @Override
            public String url() {
                return url;
            }

            @Override
            public String user() {
                return user;
            }

            @Override
            public String password() {
                return password;
            }

            @Override
            public int pool_size() {
                return poolSize;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return DatabaseConfiguration.class;
            }
        };
    }
}
