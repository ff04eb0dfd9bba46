package org.evenkeel.connector.shopify;

import java.io.IOException;
import org.evenkeel.connector.tck.WebhookContract;
import org.evenkeel.connector.tck.WebhookStoreUnderTest;

/** The webhook part of the contract suite, over HTTP against the simulator. */
class ShopifyWebhookContractTest extends WebhookContract {
    @Override
    protected WebhookStoreUnderTest open() throws IOException {
        return new SimulatedShop();
    }
}
