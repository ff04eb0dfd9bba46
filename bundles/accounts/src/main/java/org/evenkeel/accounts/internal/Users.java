package org.evenkeel.accounts.internal;

import java.time.Instant;
import java.util.Optional;
import org.evenkeel.accounts.Principal;

/** Who may log in, in the database. Thread-safe; each call is one transaction. */
final class Users {

    private final AccountsUnit unit;

    Users(AccountsUnit unit) {
        this.unit = unit;
    }

    Optional<UserEntity> find(String foldedName) {
        return unit.call(
                session -> session.createSelectionQuery("from User u where u.foldedName = :name", UserEntity.class)
                        .setParameter("name", foldedName)
                        .uniqueResultOptional());
    }

    boolean isEmpty() {
        return unit.call(session -> session.createSelectionQuery("select count(u) from User u", Long.class)
                        .getSingleResult())
                == 0;
    }

    void add(String name, Principal.Scope scope, String passwordHash, Instant now) {
        UserEntity user = new UserEntity();
        user.name = name;
        user.foldedName = Names.fold(name);
        user.scope = scope;
        user.passwordHash = passwordHash;
        user.passwordChangedAt = now;
        user.createdAt = now;
        unit.call(session -> session.insert(user));
    }

    /** Returns false when there is no such user, or its hash is no longer the expected one. */
    boolean replaceHash(long id, String expected, String passwordHash, Instant now) {
        return unit.call(session -> session.createMutationQuery("update User u set u.passwordHash = :hash,"
                                + " u.passwordChangedAt = :now where u.id = :id and u.passwordHash = :expected")
                        .setParameter("hash", passwordHash)
                        .setParameter("now", now)
                        .setParameter("id", id)
                        .setParameter("expected", expected)
                        .executeUpdate())
                == 1;
    }
}
