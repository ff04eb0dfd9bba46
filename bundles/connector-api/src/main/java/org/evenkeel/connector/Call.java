package org.evenkeel.connector;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** What comes with each call into a connector. Valid until the call returns; to be used on the calling thread. */
@ProviderType
public interface Call {

    /** By when the call must have returned, by the host's clock; never null. Give HTTP requests what is left of it. */
    Instant deadline();

    /** The host's clock, now. In a simulation this is virtual time: take time from here and nowhere else. */
    Instant now();

    /** Whether the host has given up on this call; then return or throw soon, the result is not read. */
    boolean cancelled();

    /** The state that the host keeps for this store; never null. */
    StoreState state();
}
