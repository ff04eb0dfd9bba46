/**
 * Transactions on the configured database.
 *
 * <p>A bundle that keeps something describes its {@link org.evenkeel.database.PersistenceUnit}, opens it on the
 * {@link org.evenkeel.database.Database} service and runs its work in {@link org.evenkeel.database.Persistence}
 * transactions. Which database that is, embedded Derby or PostgreSQL, is a matter of configuration alone.
 */
@Version("0.1.0")
@Export
package org.evenkeel.database;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
