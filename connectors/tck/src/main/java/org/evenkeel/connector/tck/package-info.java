/**
 * The contract suite of connectors. A connector's tests subclass
 * {@link org.evenkeel.connector.tck.ConnectorContract} and hand it a
 * {@link org.evenkeel.connector.tck.StoreUnderTest}: its own connector, talking to a store that the test can move.
 */
package org.evenkeel.connector.tck;
