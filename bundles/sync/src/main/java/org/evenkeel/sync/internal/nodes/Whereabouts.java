package org.evenkeel.sync.internal.nodes;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenkeel.ledger.LaneLeases;
import org.evenkeel.ledger.LaneLeases.Holding;
import org.evenkeel.ledger.StoreId;

/** Which node serves which store, as of half a second ago at most: a page that shows many stores asks once. Thread-safe. */
public final class Whereabouts {
    private static final Duration FRESH = Duration.ofMillis(500);

    private final LaneLeases leases;
    private final NodeClock clock;
    private volatile Seen seen;

    private record Seen(NodeClock.Moment at, Map<StoreId, String> nodes) {}

    public Whereabouts(LaneLeases leases, NodeClock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    /** The name of the node that holds a store's lease; empty when none does. */
    public Optional<String> node(StoreId store) {
        Seen known = seen;
        if (known == null || clock.since(known.at()).compareTo(FRESH) > 0) {
            known = look();
        }
        return Optional.ofNullable(known.nodes().get(store));
    }

    private Seen look() {
        Seen now = new Seen(
                clock.now(),
                leases.holders().stream()
                        .filter(Holding::stands)
                        .collect(Collectors.toMap(
                                holding -> holding.lease().store(),
                                holding -> holding.lease().node())));
        seen = now;
        return now;
    }
}
