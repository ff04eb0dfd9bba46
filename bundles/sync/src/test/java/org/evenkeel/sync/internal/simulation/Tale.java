package org.evenkeel.sync.internal.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.sync.internal.testing.VirtualTime;

/** What happened in a simulation, in words and in order, and what must not have happened. */
final class Tale {
    private final VirtualTime time;
    private final List<String> told = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Set<Kind> seen = EnumSet.noneOf(Kind.class);

    Tale(VirtualTime time) {
        this.time = time;
    }

    void tell(String what) {
        told.add(time.instant().toString().substring(11) + " " + what);
    }

    /** Something of a kind happened. */
    void saw(Kind kind) {
        seen.add(kind);
    }

    /** The kinds of what happened. */
    Set<Kind> seen() {
        return seen;
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
