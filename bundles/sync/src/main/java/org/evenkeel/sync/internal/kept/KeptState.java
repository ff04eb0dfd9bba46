package org.evenkeel.sync.internal.kept;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.evenkeel.connector.ListingId;
import org.evenkeel.connector.StoreState;
import org.evenkeel.database.Persistence;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;

/** What a connector keeps for its store, or for one listing, in the database. */
final class KeptState implements StoreState {
    private static final int MOST_NAME = 100;
    private static final int MOST_VALUE = 64 * 1024;

    private final Persistence persistence;
    private final SecretBox secrets;
    private final String store;
    private final String listing;
    private final String variant;

    KeptState(Persistence persistence, SecretBox secrets, String store, String listing, String variant) {
        this.persistence = persistence;
        this.secrets = secrets;
        this.store = store;
        this.listing = listing;
        this.variant = variant;
    }

    @Override
    public Optional<Entry> get(String key) {
        StateEntity row = persistence.inStatelessTransaction(session -> session.get(StateEntity.class, key(key)));
        if (row == null || !row.present) {
            return Optional.empty();
        }
        String value =
                row.secret ? secrets.show(row.content, place(key)) : new String(row.content, StandardCharsets.UTF_8);
        return Optional.of(new Entry(value, row.version));
    }

    @Override
    public boolean compareAndSet(String key, long expected, String value, boolean secret) {
        if (value != null && value.getBytes(StandardCharsets.UTF_8).length > MOST_VALUE) {
            throw new IllegalArgumentException("A value that is kept has up to 64 KiB.");
        }
        byte[] content = value == null
                ? null
                : secret ? secrets.hide(value, place(key)) : value.getBytes(StandardCharsets.UTF_8);
        try {
            return persistence.inStatelessTransaction(session -> write(session, key(key), expected, content, secret));
        } catch (ConstraintViolationException e) {
            // Somebody else wrote the first version at the same time.
            return false;
        }
    }

    private static boolean write(
            StatelessSession session, StateEntity.Key key, long expected, byte[] content, boolean secret) {
        StateEntity row = session.get(StateEntity.class, key, LockMode.PESSIMISTIC_WRITE);
        long present = row == null || !row.present ? 0 : row.version;
        if (present != expected) {
            return false;
        }
        StateEntity next = row == null ? new StateEntity() : row;
        next.version++;
        next.content = content == null ? new byte[0] : content;
        next.present = content != null;
        next.secret = secret;
        if (row == null) {
            next.key = key;
            session.insert(next);
        } else {
            session.update(next);
        }
        return true;
    }

    @Override
    public StoreState of(ListingId id) {
        return new KeptState(persistence, secrets, store, id.listing(), id.variant());
    }

    private StateEntity.Key key(String key) {
        if (key.isEmpty() || key.length() > MOST_NAME) {
            throw new IllegalArgumentException("A key has 1 to " + MOST_NAME + " characters: " + key);
        }
        return new StateEntity.Key(store, listing, variant, key);
    }

    private String place(String key) {
        return String.join("\n", store, listing, variant, key);
    }
}
