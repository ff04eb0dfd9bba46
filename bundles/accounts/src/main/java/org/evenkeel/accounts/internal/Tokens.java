package org.evenkeel.accounts.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.evenkeel.accounts.Principal;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;

/** API tokens, in the database. Thread-safe; each call is one transaction. */
final class Tokens {

    /** How exactly the last use is kept: a write per request would serve nobody. */
    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final AccountsUnit unit;

    Tokens(AccountsUnit unit) {
        this.unit = unit;
    }

    void add(String name, Principal.Scope scope, String secret, String createdBy, Instant now) {
        TokenEntity token = new TokenEntity();
        token.name = name;
        token.foldedName = Names.fold(name);
        token.secretHash = Secrets.hash(secret);
        token.scope = scope;
        token.createdBy = AuditText.fit(createdBy, AuditText.ACTOR);
        token.createdAt = now;
        try {
            unit.call(session -> session.insert(token));
        } catch (ConstraintViolationException e) {
            throw new IllegalArgumentException(
                    "There is a token named \"" + name + "\" already; choose another name", e);
        }
    }

    Optional<Principal> use(String secret, Instant now) {
        return unit.call(session -> {
            Optional<TokenEntity> found = session.createSelectionQuery(
                            "from Token t where t.secretHash = :hash", TokenEntity.class)
                    .setParameter("hash", Secrets.hash(secret))
                    .uniqueResultOptional();
            found.filter(token -> isStale(token.lastUsedAt, now)).ifPresent(token -> touch(session, token, now));
            return found.map(TokenEntity::principal);
        });
    }

    private static boolean isStale(Instant lastUsed, Instant now) {
        return lastUsed == null || lastUsed.plus(USE_RESOLUTION).isBefore(now);
    }

    private static void touch(StatelessSession session, TokenEntity token, Instant now) {
        session.createMutationQuery("update Token t set t.lastUsedAt = :now where t.id = :id")
                .setParameter("now", now)
                .setParameter("id", token.id)
                .executeUpdate();
    }

    List<TokenEntity> all() {
        return unit.call(
                session -> session.createSelectionQuery("from Token t order by t.foldedName", TokenEntity.class)
                        .getResultList());
    }

    /** The token that was there, by its name. */
    Optional<String> remove(long id) {
        return unit.call(session -> {
            Optional<String> name = session.createSelectionQuery(
                            "select t.name from Token t where t.id = :id", String.class)
                    .setParameter("id", id)
                    .uniqueResultOptional();
            session.createMutationQuery("delete from Token t where t.id = :id")
                    .setParameter("id", id)
                    .executeUpdate();
            return name;
        });
    }
}
