package org.evenkeel.setup.testconnector;

import java.time.Instant;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.evenkeel.connector.Call;
import org.evenkeel.connector.Capabilities;
import org.evenkeel.connector.CheckReport;
import org.evenkeel.connector.FigureReading;
import org.evenkeel.connector.FigureTarget;
import org.evenkeel.connector.ListingPage;
import org.evenkeel.connector.OrderLookup;
import org.evenkeel.connector.OrderPage;
import org.evenkeel.connector.PushBatch;
import org.evenkeel.connector.PushOutcome;
import org.evenkeel.connector.StoreConnector;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** A connector that only shows what it was configured with, in a service of strings that the test can see. */
@Component(
        service = StoreConnector.class,
        immediate = true,
        configurationPid = "org.evenkeel.connector.test",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TestConfig.class, factory = true)
public final class TestConnector implements StoreConnector {

    private final ServiceRegistration<?> shown;

    @Activate
    public TestConnector(BundleContext context, TestConfig config, Map<String, Object> properties) {
        if (config.address().equals("broken")) {
            throw new IllegalArgumentException("broken is no address, whatever " + config._accessToken() + " says");
        }
        Dictionary<String, Object> values = new Hashtable<>();
        values.put("shown.pid", properties.get("service.pid"));
        values.put("shown.store", config.evenkeel_store());
        values.put("shown.name", config.evenkeel_store_name());
        values.put("shown.address", config.address());
        values.put("shown.token", config._accessToken());
        values.put("shown.second", config._second());
        values.put("shown.pageSize", config.pageSize());
        values.put("shown.share", config.share());
        values.put("shown.drafts", config.drafts());
        values.put("shown.mode", config.mode());
        values.put("shown.tags", Arrays.asList(config.tags()));
        Supplier<?> service = () -> values;
        shown = context.registerService(Supplier.class, service, values);
    }

    @Deactivate
    public void deactivate() {
        shown.unregister();
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("This connector is only configured");
    }

    @Override
    public Capabilities capabilities() {
        throw none();
    }

    @Override
    public CheckReport check(Call call) {
        throw none();
    }

    @Override
    public ListingPage listings(String cursor, Call call) {
        throw none();
    }

    @Override
    public OrderPage orders(String cursor, Instant since, Call call) {
        throw none();
    }

    @Override
    public List<OrderLookup> ordersById(List<String> ids, Call call) {
        throw none();
    }

    @Override
    public List<PushOutcome> push(PushBatch batch, Call call) {
        throw none();
    }

    @Override
    public List<FigureReading> readBack(List<FigureTarget> targets, Call call) {
        throw none();
    }
}
