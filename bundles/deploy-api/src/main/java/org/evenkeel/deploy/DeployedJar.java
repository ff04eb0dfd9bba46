package org.evenkeel.deploy;

import java.time.Instant;
import java.util.Objects;

/**
 * A jar in the deploy folder.
 *
 * @param file its name, without the folder; never null
 * @param state what became of it; never null
 * @param bundle symbolic name and version as {@code name 1.2.3}; empty while the jar is no readable bundle
 * @param words the state in words for an administrator, with what to do where something has to be done; never null,
 *     empty when there is nothing to say
 * @param since when it was first seen in this state
 */
public record DeployedJar(String file, State state, String bundle, String words, Instant since) {

    /** What can become of a jar. */
    public enum State {
        /** Seen, and not yet taken up; lasts as long as the file is still being copied. */
        WAITING,
        /** Installed and running. */
        ACTIVE,
        /** Installed, but something that it needs is missing; it starts by itself when that appears. */
        UNRESOLVED,
        /** Installed and complete, but it did not start or was stopped. */
        STOPPED,
        /** Not installed: damaged, no bundle, or a second copy of one that is there. */
        REJECTED;

        /** Whether somebody should look at it. */
        public boolean isTrouble() {
            return this == UNRESOLVED || this == STOPPED || this == REJECTED;
        }
    }

    public DeployedJar {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(since, "since");
    }
}
