package org.evenkeel.database.internal;

import java.util.Arrays;
import java.util.Set;
import javax.sql.DataSource;
import org.evenkeel.database.DatabaseException;
import org.evenkeel.database.PersistenceUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables of one unit up to date. Units share the schema and have a history table each; nothing is ever taken
 * back: tables that are newer than the program are refused before anything is touched.
 */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final Set<MigrationState> NEWER =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private final DataSource pool;
    private final VendorStrategy vendor;

    Migrations(DataSource pool, VendorStrategy vendor) {
        this.pool = new PatientDataSource(pool, vendor);
        this.vendor = vendor;
    }

    /** @throws DatabaseException when the tables are newer, were changed, or a script fails */
    void migrate(PersistenceUnit unit) {
        Flyway flyway = flyway(unit);
        try {
            refuseNewer(unit, flyway.info().all());
            MigrateResult result = flyway.migrate();
            if (result.migrationsExecuted > 0) {
                LOG.info(
                        "Tables of {}: {} migrations applied, now at version {}",
                        unit.name(),
                        result.migrationsExecuted,
                        result.targetSchemaVersion);
            }
        } catch (FlywayValidateException e) {
            throw new DatabaseException(
                    "The history of the tables of " + unit.name() + " (" + historyTable(unit)
                            + ") does not match this program's migrations; restore the last good back-up, or the version of"
                            + " Evenkeel that made them: " + SqlErrors.deepestMessage(e),
                    e);
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "The tables of " + unit.name() + " could not be brought up to date: " + SqlErrors.deepestMessage(e),
                    e);
        }
    }

    private Flyway flyway(PersistenceUnit unit) {
        return Flyway.configure(unit.loader())
                .loggers("slf4j")
                .dataSource(pool)
                .locations("classpath:" + unit.migrations() + "/" + vendor.migrationsFolder())
                .failOnMissingLocations(true)
                .table(historyTable(unit))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .baselineDescription("tables of other units")
                .load();
    }

    private static String historyTable(PersistenceUnit unit) {
        return unit.name() + "_schema_history";
    }

    private static void refuseNewer(PersistenceUnit unit, MigrationInfo[] migrations) {
        Arrays.stream(migrations)
                .filter(migration -> NEWER.contains(migration.getState()))
                .reduce((first, last) -> last)
                .ifPresent(newest -> {
                    throw new DatabaseException(
                            "The tables of " + unit.name() + " are at version " + newest.getVersion()
                                    + ", made by a newer Evenkeel; this one knows them up to " + newestKnown(migrations)
                                    + ". Start the newer version again, or restore a back-up from before the upgrade");
                });
    }

    private static String newestKnown(MigrationInfo[] migrations) {
        return Arrays.stream(migrations)
                .filter(migration -> !NEWER.contains(migration.getState()) && migration.getVersion() != null)
                .reduce((first, last) -> last)
                .map(migration -> "version " + migration.getVersion())
                .orElse("no version");
    }
}
