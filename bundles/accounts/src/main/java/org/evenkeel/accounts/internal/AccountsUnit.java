package org.evenkeel.accounts.internal;

import java.util.List;
import java.util.function.Function;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.hibernate.StatelessSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** This bundle's tables, open for as long as the database is there. Thread-safe. */
@Component(service = AccountsUnit.class)
public final class AccountsUnit {

    private final Persistence persistence;

    @Activate
    public AccountsUnit(@Reference Database database) {
        persistence = database.open(new PersistenceUnit(
                "accounts",
                AccountsUnit.class.getClassLoader(),
                List.of(UserEntity.class, TokenEntity.class, AuditEntity.class, ConfigurationSeenEntity.class),
                "db/accounts"));
    }

    @Deactivate
    public void close() {
        persistence.close();
    }

    <T> T call(Function<StatelessSession, T> work) {
        return persistence.inStatelessTransaction(work);
    }
}
