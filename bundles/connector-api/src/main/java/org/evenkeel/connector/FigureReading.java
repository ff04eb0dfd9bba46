package org.evenkeel.connector;

import java.util.Objects;

/**
 * What the store shows for a target.
 *
 * @param target what was read
 * @param quantity in units, by the connector's {@link Capabilities#meaning()}
 */
public record FigureReading(FigureTarget target, long quantity) {
    public FigureReading {
        Objects.requireNonNull(target, "target");
    }
}
