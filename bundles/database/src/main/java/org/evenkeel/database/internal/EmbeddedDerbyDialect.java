package org.evenkeel.database.internal;

import java.util.Set;
import org.hibernate.LockOptions;
import org.hibernate.community.dialect.DerbyDialect;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.RowLockStrategy;
import org.hibernate.spi.NavigablePath;
import org.hibernate.sql.ast.internal.PessimisticLockKind;
import org.hibernate.sql.ast.internal.StandardLockingClauseStrategy;
import org.hibernate.sql.ast.spi.LockingClauseStrategy;

/**
 * Derby's dialect, mended: in 7.4 it writes its isolation clause twice ({@code for update with rs with rs}), once with the
 * lock and once after it, and Derby takes it for a syntax error. Without this no row can be locked.
 */
final class EmbeddedDerbyDialect extends DerbyDialect {

    EmbeddedDerbyDialect() {
        super(DatabaseVersion.make(10, 16));
    }

    @Override
    protected LockingClauseStrategy buildLockingClauseStrategy(
            PessimisticLockKind lockKind,
            RowLockStrategy rowLockStrategy,
            LockOptions lockOptions,
            Set<NavigablePath> rootPathsForLocking) {
        return new StandardLockingClauseStrategy(this, lockKind, rowLockStrategy, lockOptions, rootPathsForLocking);
    }
}
