package org.evenkeel.connector.shopify;

/** A secret that cannot be printed by mistake. */
final class Secret {
    private final String value;

    Secret(String value) {
        this.value = value;
    }

    String reveal() {
        return value;
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    /** The text with every occurrence of the secret blotted out. */
    String blotOut(String text) {
        return value.isEmpty() ? text : text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
