package org.evenkeel.connector.tck;

import java.util.List;
import org.evenkeel.connector.WebhookRequest;

/** A {@link StoreUnderTest} that calls back, and can be told where. Its connector has what it needs to verify. */
public interface WebhookStoreUnderTest extends StoreUnderTest {

    /** What the store would send because of that order, signed. */
    WebhookRequest webhook(String orderId);

    /** The same event delivered once more, as the store does it. */
    WebhookRequest again(WebhookRequest first);

    /** The same headers with another body: what a forger can do. */
    WebhookRequest tampered(WebhookRequest genuine);

    /** Where the store calls back at the moment, once for each subscription. */
    List<String> callsBackAt();

    /** The store gives up on one subscription, or somebody deletes it. */
    void forgetOneSubscription();

    /** Somebody else subscribes with the same app, at that address. */
    void subscribeSomebodyElse(String address);
}
