package org.evenkeel.shell;

import java.util.List;
import java.util.stream.Collectors;
import org.evenkeel.ledger.LaneLeases;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which node serves which store: {@code evenkeel:nodes}. */
@Component(
        service = NodeCommands.class,
        property = {"osgi.command.scope=evenkeel", "osgi.command.function=nodes"})
public final class NodeCommands {
    private final LaneLeases leases;

    @Activate
    public NodeCommands(@Reference LaneLeases leases) {
        this.leases = leases;
    }

    /** The last lease of every store that was ever served. */
    public String nodes() {
        return Shell.said(() -> {
            List<LaneLeases.Holding> holders = leases.holders();
            return holders.isEmpty()
                    ? "No store was ever served."
                    : holders.stream().map(NodeCommands::line).collect(Collectors.joining("\n"));
        });
    }

    private static String line(LaneLeases.Holding holding) {
        return "%-20s %-24s token %-6d %s"
                .formatted(
                        holding.lease().store(),
                        holding.lease().node(),
                        holding.lease().token(),
                        holding.stands()
                                ? "serves it, for " + holding.left().toSeconds() + " s more unless it renews"
                                : "not served for " + holding.left().negated().toSeconds() + " s");
    }
}
