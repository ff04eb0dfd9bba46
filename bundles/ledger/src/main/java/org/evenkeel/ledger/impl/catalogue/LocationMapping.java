package org.evenkeel.ledger.impl.catalogue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.ledger.InvalidInputException;
import org.evenkeel.ledger.LedgerListener.Change;
import org.evenkeel.ledger.LocationId;
import org.evenkeel.ledger.NotFoundException;
import org.evenkeel.ledger.StoreId;
import org.evenkeel.ledger.StoreLocationMapping;
import org.evenkeel.ledger.impl.Texts;
import org.evenkeel.ledger.impl.Tx;
import org.evenkeel.ledger.impl.model.StoreLocationEntity;
import org.evenkeel.ledger.impl.model.StoreLocationTarget;
import org.evenkeel.ledger.impl.posting.FigureMarks;
import org.evenkeel.ledger.impl.registry.StoreEntity;
import org.hibernate.LockMode;

/** Which ledger locations stand behind a store's locations. Changes are made under the lock of the store's row. Stateless. */
final class LocationMapping {
    private final FigureMarks marks;

    LocationMapping(FigureMarks marks) {
        this.marks = marks;
    }

    List<StoreLocationMapping> of(Tx tx, StoreId store) {
        Map<Long, Set<LocationId>> targets = targets(tx, store);
        return locations(tx, store).stream()
                .filter(location -> location.present)
                .map(location -> new StoreLocationMapping(
                        store,
                        location.code,
                        location.name,
                        location.writable,
                        targets.getOrDefault(location.id, Set.of())))
                .toList();
    }

    private static List<StoreLocationEntity> locations(Tx tx, StoreId store) {
        return tx.session()
                .createSelectionQuery(
                        "from StoreLocation l where l.store = :store order by l.position, l.id",
                        StoreLocationEntity.class)
                .setParameter("store", store.value())
                .getResultList();
    }

    private static Map<Long, Set<LocationId>> targets(Tx tx, StoreId store) {
        Map<Long, Set<LocationId>> targets = new HashMap<>();
        tx.session()
                .createSelectionQuery(
                        "select t from StoreLocationTarget t join StoreLocation l on l.id = t.storeLocation"
                                + " where l.store = :store",
                        StoreLocationTarget.class)
                .setParameter("store", store.value())
                .getResultList()
                .forEach(target -> targets.computeIfAbsent(target.storeLocation, id -> new HashSet<>())
                        .add(new LocationId(target.location)));
        return targets;
    }

    void report(Tx tx, StoreId store, List<StoreLocationMapping> reported) {
        lock(tx, store);
        Map<String, StoreLocationEntity> known = locations(tx, store).stream()
                .collect(Collectors.toMap(location -> location.code, location -> location));
        int next =
                known.values().stream().mapToInt(row -> row.position + 1).max().orElse(0);
        boolean changed = false;
        Set<String> present = new HashSet<>();
        for (StoreLocationMapping location : reported) {
            if (!present.add(location.storeLocation())) {
                continue;
            }
            StoreLocationEntity row = known.get(location.storeLocation());
            if (row == null) {
                insert(tx, store, location, next++);
                changed = true;
            } else {
                changed |= update(tx, row, location.name(), location.writable(), true);
            }
        }
        for (StoreLocationEntity row : known.values()) {
            if (!present.contains(row.code)) {
                changed |= update(tx, row, row.name, row.writable, false);
            }
        }
        if (changed) {
            tell(tx, store);
        }
    }

    private static void insert(Tx tx, StoreId store, StoreLocationMapping reported, int position) {
        String code = reported.storeLocation();
        if (code.isEmpty() || code.length() > 255 || !Texts.isStorable(code)) {
            throw new InvalidInputException("storeLocation", "A store's location has an id of 1 to 255 characters.");
        }
        StoreLocationEntity row = new StoreLocationEntity();
        row.store = store.value();
        row.code = code;
        row.name = Texts.readable(reported.name(), 255);
        row.writable = reported.writable();
        row.position = position;
        row.present = true;
        tx.session().insert(row);
        if (position == 0) {
            add(tx, row, StoreLocations.defaultLocation(tx));
        }
    }

    private static void add(Tx tx, StoreLocationEntity row, long location) {
        StoreLocationTarget target = new StoreLocationTarget();
        target.storeLocation = row.id;
        target.location = location;
        tx.session().insert(target);
    }

    private static boolean update(Tx tx, StoreLocationEntity row, String name, boolean writable, boolean present) {
        String readable = Texts.readable(name, 255);
        if (row.name.equals(readable) && row.writable == writable && row.present == present) {
            return false;
        }
        row.name = readable;
        row.writable = writable;
        row.present = present;
        tx.session().update(row);
        return true;
    }

    void map(Tx tx, StoreId store, String storeLocation, SortedSet<Long> locations) {
        lock(tx, store);
        StoreLocationEntity row = locations(tx, store).stream()
                .filter(location -> location.code.equals(storeLocation))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("Store " + store + " has no location " + storeLocation + "."));
        refuseUnknown(tx, locations);
        List<StoreLocationTarget> before = tx.session()
                .createSelectionQuery(
                        "from StoreLocationTarget t where t.storeLocation = :id", StoreLocationTarget.class)
                .setParameter("id", row.id)
                .getResultList();
        Set<Long> kept = before.stream().map(target -> target.location).collect(Collectors.toSet());
        if (kept.equals(locations)) {
            return;
        }
        before.stream().filter(target -> !locations.contains(target.location)).forEach(tx.session()::delete);
        locations.stream().filter(location -> !kept.contains(location)).forEach(location -> add(tx, row, location));
        tell(tx, store);
    }

    private static void refuseUnknown(Tx tx, SortedSet<Long> locations) {
        if (locations.isEmpty()) {
            return;
        }
        SortedSet<Long> unknown = new TreeSet<>(locations);
        tx.session()
                .createSelectionQuery("select l.id from Location l where l.id in (:ids)", Long.class)
                .setParameterList("ids", locations)
                .getResultList()
                .forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new NotFoundException("There is no location " + unknown.first() + ".");
        }
    }

    private static void lock(Tx tx, StoreId store) {
        if (tx.session().get(StoreEntity.class, store.value(), LockMode.PESSIMISTIC_WRITE) == null) {
            throw new NotFoundException("There is no store " + store + ".");
        }
    }

    private void tell(Tx tx, StoreId store) {
        tx.changes().kinds(Change.Kind.LOCATIONS, Change.Kind.STORES);
        tx.changes().stores(List.of(store.value()));
        marks.mappingChanged(tx, store.value());
    }
}
