package org.evenkeel.setup.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.evenkeel.accounts.AuditLog;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.Store;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreRegistry;
import org.evenkeel.setup.StoreForm;
import org.evenkeel.setup.StoreKind;
import org.evenkeel.setup.StoreSetup;
import org.evenkeel.sync.StoreSync;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ReadOnlyConfigurationException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Stores by form. Thread-safe. */
@Component(service = StoreSetup.class)
public final class StoreSetupService implements StoreSetup {

    private final Stores stores;
    private final StoreRegistry registry;
    private final AuditLog audit;
    private final ActivationFailures failures;
    private final Farewell farewell = new Farewell();

    @Activate
    public StoreSetupService(@Reference Stores stores, @Reference StoreRegistry registry, @Reference AuditLog audit) {
        this.stores = stores;
        this.registry = registry;
        this.audit = audit;
        this.failures = new ActivationFailures(stores);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addSync(StoreSync sync) {
        farewell.by(sync);
    }

    void removeSync(StoreSync sync) {
        farewell.no(sync);
    }

    @Override
    public List<StoreKind> kinds() {
        return stores.kinds().all().stream().map(Kind::form).toList();
    }

    @Override
    public Optional<StoreKind> kind(String pid) {
        return stores.kinds().find(pid).map(Kind::form);
    }

    @Override
    public StoreId create(String kindPid, String name, Map<String, List<String>> values, String actor) {
        Kind kind = require(kindPid);
        String given = FormValues.name(name);
        FormValues form = FormValues.of(kind, values, Set.of());
        return exclusively(() -> {
            StoreId id = StoreNaming.fresh(given, taken());
            // First, because it can refuse: nothing is left behind then.
            registry.register(id, given, kind.pid(), actor);
            try {
                stores.save(kind.pid(), id, content(id, given, form, Map.of()));
            } catch (IOException | RuntimeException e) {
                undo(id, actor, e);
                throw e;
            }
            audit.record(actor, "store.created", id.value(), detail(kind, "set", set(form)));
            return id;
        });
    }

    private void undo(StoreId id, String actor, Exception cause) {
        try {
            discard(id);
            registry.remove(id, actor);
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void update(StoreId store, String name, Map<String, List<String>> values, String actor) {
        String given = FormValues.name(name);
        exclusively(() -> {
            Configuration configuration = configuration(store)
                    .orElseThrow(() -> new NotFoundException("There is no configuration of the store " + store));
            Kind kind = require(configuration.getFactoryPid());
            Map<String, Object> present = StoreProperties.content(StoreProperties.of(configuration));
            FormValues form = FormValues.of(kind, values, secretsSet(kind, present));
            Map<String, Object> content = content(store, given, form, kept(kind, form, present));
            for (String cleared : form.clearedSecrets()) {
                stores.secrets().delete(store, cleared);
            }
            stores.save(kind.pid(), store, content);
            registry.register(store, given, kind.pid(), actor);
            audit.record(
                    actor, "store.changed", store.value(), detail(kind, "changed", changed(present, content, form)));
            return null;
        });
    }

    /** What stays as it is: secrets that were not given anew, and properties that are not on the form. */
    private static Map<String, Object> kept(Kind kind, FormValues form, Map<String, Object> present) {
        Map<String, Object> kept = new TreeMap<>(present);
        for (StoreKind.Attribute attribute : kind.form().attributes()) {
            if (attribute.type() != StoreKind.Type.SECRET
                    || form.clearedSecrets().contains(attribute.id())) {
                kept.remove(attribute.id());
            }
        }
        return kept;
    }

    private Map<String, Object> content(StoreId id, String name, FormValues form, Map<String, Object> kept)
            throws IOException {
        Map<String, Object> content = new TreeMap<>(kept);
        content.putAll(form.properties());
        for (Map.Entry<String, String> secret : form.secrets().entrySet()) {
            content.put(secret.getKey(), stores.keepSecret(id, secret.getKey(), secret.getValue()));
        }
        content.put(StoreConnector.STORE, id.value());
        content.put(StoreConnector.STORE_NAME, name);
        return content;
    }

    @Override
    public void remove(StoreId store, String actor) {
        // Before its connector goes, and before the lock: the store is asked, and may be slow to answer.
        farewell.say(store);
        exclusively(() -> {
            boolean configured = discard(store);
            boolean known =
                    registry.find(store).filter(one -> one.removedAt() == null).isPresent();
            if (known) {
                registry.remove(store, actor);
            }
            if (configured || known) {
                audit.record(actor, "store.removed", store.value(), "");
            }
            return null;
        });
    }

    private boolean discard(StoreId store) throws IOException {
        Optional<Configuration> configuration = configuration(store);
        if (configuration.isPresent()) {
            stores.delete(configuration.get());
        }
        stores.secrets().deleteAll(store);
        return configuration.isPresent();
    }

    @Override
    public Optional<StoreForm> form(StoreId store) {
        return exclusively(() -> {
            Optional<Configuration> configuration = configuration(store);
            Optional<Kind> kind = configuration.flatMap(one -> stores.kinds().find(one.getFactoryPid()));
            return kind.map(one -> form(one, store, StoreProperties.of(configuration.get())));
        });
    }

    private static StoreForm form(Kind kind, StoreId store, Map<String, Object> properties) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (StoreKind.Attribute attribute : kind.form().attributes()) {
            if (attribute.type() != StoreKind.Type.SECRET && properties.containsKey(attribute.id())) {
                values.put(attribute.id(), StoreProperties.texts(properties.get(attribute.id())));
            }
        }
        String name = StoreProperties.text(properties, StoreConnector.STORE_NAME);
        return new StoreForm(kind.form(), name.isEmpty() ? store.value() : name, values, secretsSet(kind, properties));
    }

    private static Set<String> secretsSet(Kind kind, Map<String, Object> properties) {
        Set<String> set = new HashSet<>();
        for (StoreKind.Attribute secret : kind.secrets()) {
            if (!StoreProperties.text(properties, secret.id()).isEmpty()) {
                set.add(secret.id());
            }
        }
        return set;
    }

    @Override
    public Optional<String> activationFailure(StoreId store) {
        try {
            Optional<Configuration> configuration = configuration(store);
            if (configuration.isPresent()) {
                return failures.of(configuration.get());
            }
            return registry.find(store)
                    .filter(one -> one.removedAt() == null)
                    .map(Store::name)
                    .map(name -> "The configuration of " + name
                            + " is gone from the folder \"stores\". Put its file back," + " or remove the store.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Kind require(String pid) {
        return stores.kinds()
                .find(pid)
                .orElseThrow(() -> new NotFoundException(
                        "There is no connector " + pid + ": its bundle is not installed, or not started"));
    }

    private Predicate<StoreId> taken() {
        Set<StoreId> known = new HashSet<>();
        registry.stores().forEach(store -> known.add(store.id()));
        return id -> known.contains(id) || isConfigured(id);
    }

    private boolean isConfigured(StoreId id) {
        try {
            return configuration(id).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Configuration> configuration(StoreId id) throws IOException {
        return stores.configuration(id);
    }

    private static Set<String> set(FormValues form) {
        Set<String> set = new TreeSet<>(form.properties().keySet());
        set.addAll(form.secrets().keySet());
        return set;
    }

    private static Set<String> changed(Map<String, Object> before, Map<String, Object> after, FormValues form) {
        Set<String> changed = new LinkedHashSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(key -> StoreProperties.texts(before.get(key)).equals(StoreProperties.texts(after.get(key))));
        changed.addAll(form.secrets().keySet());
        return new TreeSet<>(changed);
    }

    /** Names only: what was set is nobody's business. */
    private static String detail(Kind kind, String what, Set<String> attributes) {
        return kind.form().name() + "; " + what + ": "
                + (attributes.isEmpty() ? "nothing" : String.join(", ", attributes));
    }

    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T exclusively(Change<T> change) {
        stores.lock().lock();
        try {
            return change.make();
        } catch (ReadOnlyConfigurationException e) {
            throw new IllegalStateException("The store's file may not be written; make it writable for Evenkeel", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The store's files could not be written: " + e.getMessage(), e);
        } finally {
            stores.lock().unlock();
        }
    }
}
