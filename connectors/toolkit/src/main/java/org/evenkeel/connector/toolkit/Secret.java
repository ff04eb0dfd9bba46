package org.evenkeel.connector.toolkit;

import java.util.Objects;

/** A secret that cannot be printed by mistake. Immutable. */
public final class Secret {
    private final String value;

    /** @param value the secret; may be empty, not null */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The secret itself, for the one place that needs it. */
    public String reveal() {
        return value;
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** The text with every occurrence of the secret blotted out: for the store's words, before anybody reads them. */
    public String blotOut(String text) {
        return value.isEmpty() ? text : text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
