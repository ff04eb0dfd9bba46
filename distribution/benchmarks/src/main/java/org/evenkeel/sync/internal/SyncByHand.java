package org.evenkeel.sync.internal;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.database.Database;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LedgerListener;
import org.evenkeel.sync.StorePlans;
import org.evenkeel.sync.StoreSync;
import org.evenkeel.sync.SyncListener;
import org.evenkeel.sync.internal.lane.Ledger;

/** The sync as Declarative Services would make it, without them. In the sync's package, since only that may. */
public final class SyncByHand implements AutoCloseable {
    private final SyncComponent component;

    /**
     * @param folder where it keeps its key
     * @param settings what differs from the defaults, by the names of {@link SyncConfiguration}
     */
    public SyncByHand(Database database, Ledger ledger, LaneLeases leases, Path folder, Map<String, Object> settings) {
        SyncConfiguration configuration = (SyncConfiguration) Proxy.newProxyInstance(
                SyncConfiguration.class.getClassLoader(),
                new Class<?>[] {SyncConfiguration.class},
                (proxy, method, arguments) -> settings.getOrDefault(method.getName(), method.getDefaultValue()));
        component = new SyncComponent(database, ledger, leases, folder, configuration);
    }

    public StoreSync stores() {
        return component;
    }

    public StorePlans plans() {
        return component;
    }

    /** To be told of the ledger's commits. */
    public LedgerListener wakeups() {
        return component;
    }

    public void add(StoreConnector connector, String store, String kind) {
        component.addConnector(
                connector,
                Map.of(StoreConnector.STORE, store, StoreConnector.STORE_NAME, store, "service.factoryPid", kind));
    }

    public void listen(SyncListener listener) {
        component.addListener(listener);
    }

    @Override
    public void close() {
        component.stop();
    }
}
