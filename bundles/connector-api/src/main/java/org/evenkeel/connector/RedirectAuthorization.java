package org.evenkeel.connector;

import java.net.URI;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Implemented by a connector whose store is joined by sending the operator's browser there and back. */
@ConsumerType
public interface RedirectAuthorization {

    /**
     * Where to send the browser. No I/O.
     *
     * @param state an unguessable value that must come back with the browser
     * @param back the address to come back to
     */
    URI begin(String state, URI back, Call call) throws ConnectorException;

    /**
     * Trades what the browser brought back for credentials.
     *
     * @param answer the query parameters
     * @return configuration properties to be kept as secrets, by attribute id
     */
    Map<String, String> complete(Map<String, String> answer, URI back, Call call) throws ConnectorException;
}
