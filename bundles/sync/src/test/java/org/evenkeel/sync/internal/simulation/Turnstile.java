package org.evenkeel.sync.internal.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.evenkeel.connector.StoreConnector;
import org.evenkeel.database.Database;
import org.evenkeel.database.Persistence;
import org.evenkeel.database.PersistenceUnit;
import org.evenkeel.ledger.Lease;
import org.evenkeel.ledger.LeaseLostException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.sync.internal.kept.LaneEntity;
import org.hibernate.Session;
import org.hibernate.StatelessSession;

/**
 * Sees which node acquired which store last, and who does what for the store since:
 *
 * <ul>
 *   <li><strong>A store was served twice.</strong> No other node enters the store's connector. Where a request was sent before
 *       its node's lease was over, it may still take effect: that no node can prevent.
 *   <li><strong>A write with an old token.</strong> No other node does anything to the ledger under its former lease, nor to
 *       where the lane stands.
 * </ul>
 */
final class Turnstile {
    private record Holder(Object node, Lease lease) {}

    private record Work(StoreId store, String what) {}

    private final Tale tale;
    /** What nodes are doing to the ledger under their leases. */
    private final Map<Object, Work> underLease = new HashMap<>();

    private final Map<StoreId, Holder> holders = new HashMap<>();

    Turnstile(Tale tale) {
        this.tale = tale;
    }

    /** A node, from one start to its end, acquired a store. */
    void acquired(Object node, Lease lease) {
        Holder before = holders.get(lease.store());
        if (before != null && before.lease().token() > lease.token()) {
            // It stood still behind the commit, and hears of what is over.
            return;
        }
        holders.put(lease.store(), new Holder(node, lease));
        if (before != null && !before.lease().node().equals(lease.node())) {
            tale.saw(Kind.STORE_MOVED);
            tale.tell(lease.store() + " is served by " + lease.node() + " now, with token " + lease.token());
        }
    }

    /** A node did something for a store, and nothing refused it. */
    void done(Object node, StoreId store, String what) {
        Holder holder = holders.get(store);
        if (holder == null || holder.node() != node) {
            tale.broken(node + " did " + what + " for " + store + " though "
                    + (holder == null ? "nobody" : holder.lease().node()) + " serves it");
        }
    }

    /** The store's connector as a node has it. */
    StoreConnector door(Object node, StoreId store, StoreConnector connector) {
        return proxy(StoreConnector.class, connector, (operation, call) -> {
            if (!operation.equals("capabilities")) {
                done(node, store, "a call of " + operation);
            }
            return call.get();
        });
    }

    /** A service of the ledger as a node has it under a lease. */
    <T> T service(Object node, StoreId store, Class<T> type, T service) {
        return proxy(type, service, (method, call) -> {
            Work before = underLease.put(node, new Work(store, type.getSimpleName() + "." + method));
            try {
                return call.get();
            } catch (LeaseLostException late) {
                tale.saw(Kind.LATE_WRITE_REFUSED);
                throw late;
            } finally {
                underLease.put(node, before);
            }
        });
    }

    /** The database as a node has it. */
    Database database(Object node, Database database) {
        return new Database() {
            @Override
            public Vendor vendor() {
                return database.vendor();
            }

            @Override
            public Persistence open(PersistenceUnit unit) {
                return new Lanes(node, database.open(unit));
            }
        };
    }

    /** Sees who writes where lanes stand. */
    private final class Lanes implements Persistence {
        private final Object node;
        private final Persistence persistence;

        Lanes(Object node, Persistence persistence) {
            this.node = node;
            this.persistence = persistence;
        }

        @Override
        public <T> T inTransaction(Function<Session, T> work) {
            return persistence.inTransaction(work);
        }

        @Override
        public <T> T inStatelessTransaction(Function<StatelessSession, T> work) {
            Set<String> written = new TreeSet<>();
            T result = persistence.inStatelessTransaction(session -> {
                written.clear();
                return work.apply(writes(session, written));
            });
            // As soon as it is committed: the node may stand still before it hears of it.
            written.forEach(store -> done(node, new StoreId(store), "a change of where its lane stands"));
            Optional.ofNullable(underLease.get(node)).ifPresent(done -> done(node, done.store(), done.what()));
            return result;
        }

        @Override
        public Database.Vendor vendor() {
            return persistence.vendor();
        }

        @Override
        public void close() {
            persistence.close();
        }
    }

    private static StatelessSession writes(StatelessSession session, Set<String> written) {
        return (StatelessSession) Proxy.newProxyInstance(
                StatelessSession.class.getClassLoader(),
                new Class<?>[] {StatelessSession.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("get")
                            && arguments != null
                            && arguments.length == 1
                            && arguments[0] instanceof LaneEntity lane) {
                        written.add(lane.store);
                    }
                    try {
                        return method.invoke(session, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private interface Invocation {
        Object get() throws Throwable;
    }

    private interface Around {
        Object call(String method, Invocation invocation) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T watched, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> watched.toString();
                        };
                    }
                    return around.call(method.getName(), () -> {
                        try {
                            return method.invoke(watched, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
                }));
    }
}
