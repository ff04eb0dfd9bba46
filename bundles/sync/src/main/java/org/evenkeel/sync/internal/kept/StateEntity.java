package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A value that a connector keeps. One that was removed stays as a row without content, so that versions only rise. */
@Entity(name = "ConnectorState")
@Table(name = "sync_connector_state")
public class StateEntity {
    @EmbeddedId
    public Key key;

    @Column(name = "version")
    public long version;

    /** UTF-8, encrypted where it is secret; empty when it was removed. */
    @Column(name = "content")
    public byte[] content;

    /** Whether it is there; false when it was removed. */
    @Column(name = "present")
    public boolean present;

    @Column(name = "secret")
    public boolean secret;

    /** Whose value, by which name. Listing and variant are empty for the store's own. */
    @Embeddable
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        @Column(name = "store")
        public String store;

        @Column(name = "listing")
        public String listing;

        @Column(name = "variant")
        public String variant;

        @Column(name = "name")
        public String name;

        protected Key() {}

        Key(String store, String listing, String variant, String name) {
            this.store = store;
            this.listing = listing;
            this.variant = variant;
            this.name = name;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && store.equals(key.store)
                    && listing.equals(key.listing)
                    && variant.equals(key.variant)
                    && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(store, listing, variant, name);
        }
    }
}
