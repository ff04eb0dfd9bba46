package org.evenkeel.sync;

import org.evenkeel.ledger.StoreId;
import org.osgi.annotation.versioning.ConsumerType;

/** Told when a store's status changed: a hint to ask again; registered as a service (whiteboard). Return at once. */
@ConsumerType
public interface SyncListener {
    void changed(StoreId store);
}
