package org.evenkeel.setup;

import java.util.List;

/**
 * A kind of store that can be added.
 *
 * @param pid the connector's factory PID
 * @param name what people call it, such as {@code Shopify}
 * @param description a sentence about it; may be empty
 * @param attributes the form's fields, in the connector's order
 */
public record StoreKind(String pid, String name, String description, List<Attribute> attributes) {

    /**
     * A field of the form.
     *
     * @param id the configuration property
     * @param name its label
     * @param description its help text; may be empty
     * @param type what it takes
     * @param required whether it must be given
     * @param defaults default values; empty when there are none
     * @param options what can be chosen; empty when it is free
     * @param min least value or length; null when there is none
     * @param max greatest value or length; null when there is none
     * @param many whether it takes several values
     */
    public record Attribute(
            String id,
            String name,
            String description,
            Type type,
            boolean required,
            List<String> defaults,
            List<Option> options,
            String min,
            String max,
            boolean many) {
        public Attribute {
            defaults = List.copyOf(defaults);
            options = List.copyOf(options);
        }
    }

    /** What a field takes. */
    public enum Type {
        TEXT,
        SECRET,
        WHOLE_NUMBER,
        DECIMAL,
        BOOLEAN
    }

    /** One choice. */
    public record Option(String value, String label) {}

    public StoreKind {
        attributes = List.copyOf(attributes);
    }
}
