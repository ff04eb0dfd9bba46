package org.evenkeel.sync.internal.simulation;

import java.util.ArrayList;
import java.util.List;
import org.evenkeel.sync.internal.testing.VirtualTime;

/** What happened in a simulation, in words and in order, and what must not have happened. */
final class Tale {
    private final VirtualTime time;
    private final List<String> told = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Tale(VirtualTime time) {
        this.time = time;
    }

    void tell(String what) {
        told.add(time.instant().toString().substring(11) + " " + what);
    }

    /** A promise was broken. */
    void broken(String what) {
        tell("BROKEN: " + what);
        broken.add(what);
    }

    /** The promises that were broken. */
    List<String> broken() {
        return broken;
    }

    @Override
    public String toString() {
        return String.join("\n", told);
    }
}
