package org.evenkeel.connector;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Durable state that the host keeps for one store: rotated tokens, "closed by us", feeds in flight.
 *
 * <p>A write is durable before it returns. Keys are 1 to 100 characters, values up to 64 KiB. A secret value is kept
 * encrypted or with file mode 0600, and is in no log, export or page. Thread-safe.
 */
@ProviderType
public interface StoreState {

    /** A value and its version, which rises with each write. {@code toString} does not tell the value. */
    record Entry(String value, long version) {
        @Override
        public String toString() {
            return "Entry[version=" + version + "]";
        }
    }

    /** The entry under a key; empty when there is none. */
    Optional<Entry> get(String key);

    /**
     * Writes if nobody wrote in between.
     *
     * @param key the key
     * @param expected the version that the caller saw, 0 for "there is none"
     * @param value the new value; null removes the entry
     * @param secret whether the value must never be seen
     * @return whether it was written; {@code false} means: read again and decide
     */
    boolean compareAndSet(String key, long expected, String value, boolean secret);

    /** The state of one listing of this store, with keys of its own; removed with the listing. */
    StoreState of(ListingId listing);
}
