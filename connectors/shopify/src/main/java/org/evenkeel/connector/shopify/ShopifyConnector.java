package org.evenkeel.connector.shopify;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.Capabilities.Meaning;
import org.evenkeel.connector.Capabilities.PullCost;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.ConfigurationException;
import org.evenkeel.connector.ConnectorException;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.connector.WebhookReceiver;
import org.evenkeel.connector.WebhookRejectedException;
import org.evenkeel.connector.WebhookRequest;
import org.evenkeel.connector.WebhookSubscriptions;
import org.evenkeel.connector.toolkit.Budgets;
import org.evenkeel.connector.toolkit.Urgency;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** One Shopify store. */
@Component(
        service = {StoreConnector.class, WebhookReceiver.class},
        configurationPid = "org.evenkeel.connector.shopify",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true) // An invalid configuration is to be known at once, not when the lane first asks.
@Designate(ocd = ShopifyConfig.class, factory = true)
public final class ShopifyConnector implements StoreConnector, WebhookReceiver, WebhookSubscriptions {
    private static final int PUSH_BATCH = 250;
    private static final long HIGHEST_FIGURE = 1_000_000_000L;
    private static final int ORDER_IDS = 50;
    private static final int READ_BACK = 250;

    private static final Capabilities CAPABILITIES = Capabilities.modest()
            .withPush(PUSH_BATCH, true, true, HIGHEST_FIGURE)
            .withFigures(Meaning.SELLABLE, true)
            .withOrders(OrderCursor.LAG, PullCost.CHEAP, true)
            .withReads(ORDER_IDS, READ_BACK)
            .withWebhooks();

    private final Settings settings;
    private final Budgets.Use budget;
    private final AdminApi api;
    private final Webhooks webhooks;
    private final Orders orders = new Orders();

    /**
     * Reads the configuration; no request is made.
     *
     * @param budgets what is spent at each shop, whoever speaks to it
     * @throws IllegalArgumentException naming the property that is not valid
     */
    @Activate
    public ShopifyConnector(ShopifyConfig config, @Reference SharedBudgets budgets) {
        this.settings = Settings.of(config);
        this.budget = budgets.of(settings);
        this.api = new AdminApi(settings, budget.budget());
        this.webhooks = new Webhooks(settings);
    }

    /** One that shares its budget with nobody. */
    ShopifyConnector(ShopifyConfig config) {
        this(config, new SharedBudgets());
    }

    @Deactivate
    void close() {
        api.close();
        budget.close();
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public CheckReport check(Call call) throws ConnectorException {
        Check check = new Check(settings);
        CheckReport report = check.run(calmly(call));
        orders.scopes(check.scopes());
        return report;
    }

    @Override
    public ListingPage listings(String cursor, Call call) throws ConnectorException {
        return Listings.page(cursor, calmly(call));
    }

    @Override
    public OrderPage orders(String cursor, Instant since, Call call) throws ConnectorException {
        return orders.page(cursor, since, talk(call));
    }

    @Override
    public List<OrderLookup> ordersById(List<String> ids, Call call) throws ConnectorException {
        return orders.byId(ids, talk(call));
    }

    @Override
    public List<PushOutcome> push(PushBatch batch, Call call) throws ConnectorException {
        return Push.push(batch, talk(call));
    }

    @Override
    public List<FigureReading> readBack(List<FigureTarget> targets, Call call) throws ConnectorException {
        return Figures.readBack(targets, calmly(call));
    }

    @Override
    public Webhook receive(WebhookRequest request) throws WebhookRejectedException {
        return webhooks.receive(request);
    }

    @Override
    public List<Subscription> subscriptions(Call call) throws ConnectorException {
        return new Subscriptions(calmly(call)).all();
    }

    @Override
    public Report subscribe(URI address, Call call) throws ConnectorException {
        if (settings.clientSecret().isEmpty()) {
            throw new ConfigurationException("No client secret is set, so no webhook could be verified: "
                    + "set the property .clientSecret to the app's API secret key.");
        }
        return new Subscriptions(calmly(call)).subscribe(address);
    }

    @Override
    public Report unsubscribe(URI address, Call call) throws ConnectorException {
        return new Subscriptions(calmly(call)).unsubscribe(address);
    }

    private Conversation talk(Call call) {
        return new Conversation(api, Urgency.URGENT, call);
    }

    private Conversation calmly(Call call) {
        return new Conversation(api, Urgency.CALM, call);
    }

    @Override
    public String toString() {
        return "Shopify connector of store " + settings.store();
    }
}
