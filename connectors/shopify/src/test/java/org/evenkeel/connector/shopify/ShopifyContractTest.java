package org.evenkeel.connector.shopify;

import java.io.IOException;
import org.evenkeel.connector.tck.ConnectorContract;
import org.evenkeel.connector.tck.StoreUnderTest;

/** The contract of all connectors, against a simulated shop. */
class ShopifyContractTest extends ConnectorContract {
    @Override
    protected StoreUnderTest open() throws IOException {
        return new SimulatedShop();
    }
}
