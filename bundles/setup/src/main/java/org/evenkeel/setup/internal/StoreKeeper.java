package org.evenkeel.setup.internal;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.setup.StoreKind;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a proper store of every configuration of a connector, whoever made it: named after its id, with a file of its own,
 * known to the ledger, and without a secret in plain sight.
 *
 * <p>It compares what is with what should be and changes only what differs, so that its own changes, which it hears of too,
 * lead to nothing. FileInstall loads an editor's changes; those of others, by the Web Console say, are written to the file
 * here, whether or not FileInstall saves too.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class StoreKeeper implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);
    private static final String ACTOR = "system";
    private static final int STOP_SECONDS = 5;

    private final Stores stores;
    private final StoreRegistry registry;
    private final AuditLog audit;
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** Configurations that somebody deleted since the last look. */
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "evenkeel-store-keeper");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public StoreKeeper(@Reference Stores stores, @Reference StoreRegistry registry, @Reference AuditLog audit) {
        this.stores = stores;
        this.registry = registry;
        this.audit = audit;
        lookSoon();
    }

    @Deactivate
    void stop() throws InterruptedException {
        worker.shutdownNow();
        if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("Work on stores' configurations did not end within {} s", STOP_SECONDS);
        }
    }

    /** A connector came or went: configurations that nobody understood may now be stores. */
    @Reference(policy = ReferencePolicy.DYNAMIC, updated = "componentsChanged", unbind = "componentsGone")
    void componentsThere(ServiceComponentRuntime runtime) {
        // Looked at when the component is activated.
    }

    void componentsChanged(ServiceComponentRuntime runtime) {
        lookSoon();
    }

    void componentsGone(ServiceComponentRuntime runtime) {
        // Nothing to look at.
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getFactoryPid() == null || event.getType() == ConfigurationEvent.CM_LOCATION_CHANGED) {
            return;
        }
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            deleted.add(event.getPid());
        }
        lookSoon();
    }

    /** On a thread of its own, because Configuration Admin's serves everybody; many reasons at once make one look. */
    private void lookSoon() {
        if (waiting.compareAndSet(false, true)) {
            try {
                worker.execute(this::look);
            } catch (RejectedExecutionException e) {
                LOG.debug("Stopping: no more looks");
            }
        }
    }

    private void look() {
        waiting.set(false);
        stores.lock().lock();
        try {
            for (Kind kind : stores.kinds().all()) {
                for (Configuration configuration : stores.configurations(kind)) {
                    lookAt(kind, configuration);
                }
            }
            for (String pid : Set.copyOf(deleted)) {
                deleted.remove(pid);
                stores.forget(pid);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The configurations of stores cannot be looked at; tried again at the next change", e);
        } finally {
            stores.lock().unlock();
        }
    }

    private void lookAt(Kind kind, Configuration configuration) {
        String pid = configuration.getPid();
        try {
            Map<String, Object> properties = StoreProperties.of(configuration);
            if (properties.isEmpty()) {
                return; // made, but not saved yet
            }
            Optional<StoreId> id = StoreNaming.id(kind.pid(), pid).filter(one -> isOurs(one, kind));
            if (id.isPresent()) {
                mend(kind, id.get(), pid, properties);
            } else {
                adopt(kind, configuration, properties);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "The configuration {} could not be made a proper store; it is tried again at its next change",
                    pid,
                    e);
        }
    }

    /** An id stays with the kind of store that it was first used for. */
    private boolean isOurs(StoreId id, Kind kind) {
        return registry.find(id).map(store -> store.kind().equals(kind.pid())).orElse(true);
    }

    private void mend(Kind kind, StoreId id, String pid, Map<String, Object> properties) throws IOException {
        Map<String, Object> present = StoreProperties.content(properties);
        Optional<Map<String, Object>> lost = stores.lost(pid, present);
        if (lost.isPresent()) {
            LOG.info("The configuration {} is put back as it was saved last", pid);
            stores.save(kind.pid(), id, lost.get());
            return;
        }
        Map<String, Object> wanted = proper(kind, id, id.value(), present);
        // A file that is gone is not written again: somebody deleted it, and FileInstall is about to notice.
        if (!wanted.equals(present) || !properties.containsKey(StoreFiles.FILE_NAME)) {
            stores.save(kind.pid(), id, wanted);
        } else {
            stores.saveFile(pid, properties);
        }
        register(kind, id, StoreProperties.text(wanted, StoreConnector.STORE_NAME));
    }

    /** Gives a configuration that is not named after a store an id, a name and a file. */
    private void adopt(Kind kind, Configuration configuration, Map<String, Object> properties) throws IOException {
        String given = StoreProperties.text(properties, StoreConnector.STORE_NAME);
        String name = given.isEmpty()
                ? StoreNaming.givenName(kind.pid(), configuration.getPid())
                        .orElse(kind.form().name())
                : given;
        Set<StoreId> known = known();
        StoreId id = StoreNaming.fresh(name, one -> known.contains(one) || stores.hasFile(kind.pid(), one));
        Map<String, Object> content = StoreProperties.content(properties);
        content.remove(StoreConnector.STORE);
        register(kind, id, name);
        // The new one first: whatever happens in between, the settings are not lost.
        stores.save(kind.pid(), id, proper(kind, id, name, content));
        String before = configuration.getPid();
        stores.delete(configuration);
        LOG.info("The configuration {} is now the store {}", before, id);
    }

    private Set<StoreId> known() throws IOException {
        Set<StoreId> ids = new HashSet<>();
        registry.stores().forEach(store -> ids.add(store.id()));
        for (Kind kind : stores.kinds().all()) {
            for (Configuration one : stores.configurations(kind)) {
                StoreNaming.id(kind.pid(), one.getPid()).ifPresent(ids::add);
            }
        }
        return ids;
    }

    /** What the configuration of that store should say. */
    private Map<String, Object> proper(Kind kind, StoreId id, String name, Map<String, Object> content)
            throws IOException {
        Map<String, Object> proper = new TreeMap<>(content);
        proper.put(StoreConnector.STORE, id.value());
        if (StoreProperties.text(content, StoreConnector.STORE_NAME).isEmpty()) {
            proper.put(StoreConnector.STORE_NAME, name);
        }
        for (StoreKind.Attribute attribute : kind.secrets()) {
            String secret = StoreProperties.text(content, attribute.id());
            if (!secret.isEmpty() && !SecretFiles.isPlaceholder(secret)) {
                proper.put(attribute.id(), stores.keepSecret(id, attribute.id(), secret));
                LOG.info("The secret {} of the store {} was moved to the folder of secrets", attribute.id(), id);
            }
        }
        return proper;
    }

    private void register(Kind kind, StoreId id, String name) {
        Optional<Store> known = registry.find(id);
        if (known.isPresent()
                && known.get().removedAt() == null
                && known.get().name().equals(name)) {
            return;
        }
        registry.register(id, name, kind.pid(), ACTOR);
        boolean there = known.isPresent() && known.get().removedAt() == null;
        audit.record(ACTOR, there ? "store.changed" : "store.created", id.value(), "by its configuration");
    }
}
