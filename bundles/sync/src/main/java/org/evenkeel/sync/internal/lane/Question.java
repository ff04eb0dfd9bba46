package org.evenkeel.sync.internal.lane;

import org.evenkeel.connector.Call;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.StoreConnector;

/** Something that is asked of a store, in one call that changes nothing there. */
@FunctionalInterface
public interface Question<T> {
    T ask(StoreConnector connector, Call call) throws ConnectorException;
}
