package org.evenkeel.sync.internal.plans;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.evenkeel.sync.internal.kept.PlanRowEntity;

/** Rows under work, each of them once however often it is found. */
final class Loaded {
    private final Map<Long, PlanRowEntity> rows = new LinkedHashMap<>();

    PlanRowEntity of(PlanRowEntity found) {
        return rows.computeIfAbsent(found.id, id -> found);
    }

    Collection<PlanRowEntity> rows() {
        return rows.values();
    }
}
