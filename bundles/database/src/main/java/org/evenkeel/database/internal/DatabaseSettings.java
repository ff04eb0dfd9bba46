package org.evenkeel.database.internal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The database that is asked for, checked.
 *
 * @param url the JDBC address, without user or password
 * @param user empty for none
 * @param password empty for none; never shown
 * @param poolSize the most connections at a time, 2 to 200
 */
public record DatabaseSettings(String url, String user, String password, int poolSize) {

    static final int MIN_POOL_SIZE = 2;
    static final int MAX_POOL_SIZE = 200;

    public DatabaseSettings {
        JdbcAddress.refuseSecretsIn(url);
        if (poolSize < MIN_POOL_SIZE || poolSize > MAX_POOL_SIZE) {
            throw new IllegalArgumentException("pool.size of " + DatabaseConfiguration.PID + " is " + MIN_POOL_SIZE
                    + " to " + MAX_POOL_SIZE + " connections, not " + poolSize);
        }
    }

    /**
     * Reads a configuration.
     *
     * @param data the data folder, needed when the configuration names no address
     * @throws IllegalArgumentException naming the property that is wrong and what it may be
     */
    static DatabaseSettings of(DatabaseConfiguration configuration, Optional<Path> data) {
        String url = configuration.url().strip();
        return new DatabaseSettings(
                url.isEmpty() ? embedded(data) : url,
                configuration.user().strip(),
                configuration.password(),
                configuration.pool_size());
    }

    private static String embedded(Optional<Path> data) {
        Path folder = data.orElseThrow(() -> new IllegalArgumentException(
                "The embedded database has no place: set the framework property evenkeel.data to the data folder, or url of "
                        + DatabaseConfiguration.PID + " to a PostgreSQL address"));
        return DerbyVendor.URL_PREFIX + folder.resolve("database").toAbsolutePath();
    }

    /** The address as it may be shown. */
    String shownUrl() {
        return JdbcAddress.shown(url);
    }

    /** A text without the secret of these settings, whatever it was made of. */
    String redact(String text) {
        return password.isEmpty() || text == null ? text : text.replace(password, "…");
    }

    @Override
    public String toString() {
        return shownUrl() + (user.isEmpty() ? "" : " as " + user);
    }
}
