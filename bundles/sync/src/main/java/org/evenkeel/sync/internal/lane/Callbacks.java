package org.evenkeel.sync.internal.lane;

import java.net.URI;
import java.util.Optional;
import org.evenkeel.ledger.StoreId;

/** Where stores are to call back. Asked at each look, as it may change at any time; thread-safe, returns at once. */
@FunctionalInterface
public interface Callbacks {

    /** Nowhere: this host cannot be reached from outside. */
    Callbacks NOWHERE = store -> Optional.empty();

    /** The address for that store; empty while there is none. */
    Optional<URI> address(StoreId store);

    /** Why there is no address, and the way out; empty when there is one. */
    default String explanation() {
        return "Nothing here takes webhooks.";
    }
}
