package org.evenkeel.connector.tck;

import java.time.Instant;
import org.evenkeel.connector.StoreConnector;

/**
 * A store that a test can move, with the connector that talks to it. Ids of orders are those of the SPI. A fresh one is
 * asked for before each test, and closed after it.
 */
public interface StoreUnderTest extends AutoCloseable {

    /** What goes wrong with the connector's next request to the store. */
    enum Trouble {
        /** The store asks for patience; nothing is done. */
        RATE_LIMIT,
        /** The store fails by its own fault; nothing is done. */
        SERVER_ERROR,
        /** The connection breaks before the store did anything. */
        DROP_BEFORE,
        /** The store does what it is asked to, then the connection breaks. */
        DROP_AFTER,
        /** The store does what it is asked to, and its answer is cut off. */
        CUT_OFF,
        /** The store refuses the credentials. */
        REFUSED_CREDENTIALS,
        /** The store does not answer until {@link #close}. */
        SILENCE
    }

    /** The connector; the same one for the life of this store. */
    StoreConnector connector();

    /** A secret of the connector's configuration, which must never be seen. */
    String secret();

    /** The store's clock. */
    Instant now();

    /** Moves the store's clock on by whole seconds, so that what follows has a later time stamp. */
    void advance(long seconds);

    /** Adds a product that the store sells, counted, at the location where its stock is. */
    void addProduct(String title, String sku, long available);

    /** A person in the store's own pages types a figure. */
    void setFigure(String sku, long available);

    /** What the store shows as available. */
    long figure(String sku);

    /** Somebody buys; the order's id. */
    String order(String sku, int quantity);

    /** Somebody buys one unit each of many things; the order's id. */
    String order(Iterable<String> skus);

    /** Units of the order's first line are sent. */
    void fulfil(String orderId, int quantity);

    /** What is still open of the order is called off and put back on sale. */
    void cancel(String orderId);

    /** Sent units of the order's first line come back to the shelf. */
    void giveBack(String orderId, int quantity);

    /** The order is deleted for good. */
    void delete(String orderId);

    /** Makes trouble for the next request, or for all of them until {@link #calm}. */
    void trouble(Trouble trouble, boolean always);

    /** Ends all trouble. */
    void calm();

    @Override
    void close();
}
