package org.evenkeel.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.evenkeel.ledger.LaneLeases;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which node serves which store, where several hosts share one database. */
@Component(service = NodesResource.class)
@ApiResource
@Path("nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {
    private final LaneLeases leases;

    @Activate
    public NodesResource(@Reference LaneLeases leases) {
        this.leases = leases;
    }

    /** The last lease of every store that was ever served. */
    record Leases(List<LeaseView> items) {}

    /**
     * A lease.
     *
     * @param token rises with each acquisition of the store
     * @param serving whether the node serves the store now
     * @param leftMillis how long it stands unless it is renewed; zero or negative: for how long it has been over
     */
    record LeaseView(String store, String node, long token, boolean serving, Instant acquiredAt, long leftMillis) {
        static LeaseView of(LaneLeases.Holding holding) {
            return new LeaseView(
                    holding.lease().store().value(),
                    holding.lease().node(),
                    holding.lease().token(),
                    holding.stands(),
                    holding.acquiredAt(),
                    holding.left().toMillis());
        }
    }

    @GET
    public Leases list() {
        return new Leases(leases.holders().stream().map(LeaseView::of).toList());
    }
}
