package org.evenkeel.connector.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.WebhookSubscriptions.Done;
import org.evenkeel.connector.WebhookSubscriptions.Report;
import org.evenkeel.connector.WebhookSubscriptions.Step;
import org.evenkeel.connector.tck.TestCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract suite does not ask of every store. */
class SubscriptionsTest {
    private static final URI HERE = URI.create("https://stock.example.org/webhooks/store-1");

    private SimulatedShop simulated;
    private ShopifyConnector connector;

    @BeforeEach
    void open() throws IOException {
        simulated = new SimulatedShop();
        connector = (ShopifyConnector) simulated.connector();
    }

    @AfterEach
    void close() {
        simulated.close();
    }

    private static TestCall call() {
        return new TestCall(Duration.ofSeconds(20), new TestCall.State());
    }

    @Test
    void everyTopicIsSubscribedWithoutABuyersData() throws ConnectorException {
        Report report = connector.subscribe(HERE, call());
        assertThat(report.done())
                .extracting(Done::topic)
                .containsExactlyInAnyOrder(
                        List.of(Topic.values()).stream().map(Topic::name).toArray(String[]::new));
        simulated
                .shop()
                .inspect(shop -> assertThat(shop.callbacks().all())
                        .allSatisfy(one ->
                                assertThat(one.fields()).isNotEmpty().isSubsetOf("id", "order_id", "updated_at")));
    }

    @Test
    void oneThatTellsMoreThanIsWantedIsMended() throws ConnectorException {
        simulated.shop().callbacks().subscribe("ORDERS_CREATE", HERE, Set.of());
        Report report = connector.subscribe(HERE, call());

        assertThat(report.done()).contains(new Done(Step.REPAIRED, "ORDERS_CREATE", "It told more than is wanted."));
        assertThat(report.present()).hasSize(Topic.values().length);
    }

    @Test
    void whatIsThereTwiceBecomesOneAndWhatIsOfNoUseIsRemoved() throws ConnectorException {
        connector.subscribe(HERE, call());
        simulated
                .shop()
                .callbacks()
                .subscribe("ORDERS_CREATE", URI.create("https://old.example.org/webhooks/store-1"), Set.of());
        simulated.shop().callbacks().subscribe("PRODUCTS_UPDATE", HERE, Set.of());
        Report report = connector.subscribe(HERE, call());

        assertThat(report.done())
                .containsExactlyInAnyOrder(
                        new Done(Step.REMOVED, "ORDERS_CREATE", "It was there twice."),
                        new Done(Step.REMOVED, "PRODUCTS_UPDATE", "Nothing here needs it."));
        assertThat(simulated.callsBackAt()).hasSize(Topic.values().length).containsOnly(HERE.toString());
    }

    @Test
    void anAddressThatShopifyRefusesIsToldTopicByTopic() throws ConnectorException {
        Report report = connector.subscribe(URI.create("http://stock.example.org/webhooks/store-1"), call());

        assertThat(report.present()).isEmpty();
        assertThat(report.refused())
                .hasSize(Topic.values().length)
                .allSatisfy(done -> assertThat(done.words()).contains("not supported"));
    }

    @Test
    void withoutAClientSecretItSaysWhatToDo() {
        ShopifyConnector deaf = new ShopifyConnector(
                TestConfig.valid().with("_clientSecret", "").build());
        assertThatThrownBy(() -> deaf.subscribe(HERE, call()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(".clientSecret");
        deaf.close();
    }

    @Test
    void morePagesOfSubscriptionsAreFollowed() throws ConnectorException {
        for (int i = 0; i < 230; i++) {
            simulated
                    .shop()
                    .callbacks()
                    .subscribe("ORDERS_CREATE", URI.create("https://other.example.org/shop/" + i), Set.of());
        }
        connector.subscribe(HERE, call());

        assertThat(connector.subscriptions(call())).hasSize(230 + Topic.values().length);
    }
}
