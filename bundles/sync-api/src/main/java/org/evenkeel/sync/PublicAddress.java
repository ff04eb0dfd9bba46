package org.evenkeel.sync;

import java.net.URI;
import java.util.Optional;
import org.evenkeel.ledger.StoreId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the world reaches this host, as an administrator has set it. The service is registered anew when the setting
 * changes: who depends on the address takes note of that. Thread-safe; no I/O.
 */
@ProviderType
public interface PublicAddress {

    /** The base of every absolute link, without a trailing slash; empty when none is set. */
    Optional<URI> base();

    /** Where that store is to call back; empty when there is no public address. */
    Optional<URI> webhooks(StoreId store);

    /** Why there is no public address, and the way out, in words for an administrator; empty when there is one. */
    String explanation();
}
