package org.evenkeel.webhooks;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** A webhook that is genuine. */
@Entity(name = "Event")
@Table(name = "webhook_event")
public class EventEntity {
    @EmbeddedId
    public Key key;

    @Column(name = "received_at")
    public Instant receivedAt;

    /** What it hinted at, shortened; for a person who looks into the table. */
    @Column(name = "hints")
    public String hints;

    /** Whether an order pull has begun after it came, and ended. */
    @Column(name = "followed")
    public boolean followed;

    /** Of which store, and the store's own id of the event or a digest of the body. */
    @Embeddable
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        @Column(name = "store")
        public String store;

        @Column(name = "event")
        public String event;

        protected Key() {}

        Key(String store, String event) {
            this.store = store;
            this.event = event;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && store.equals(key.store) && event.equals(key.event);
        }

        @Override
        public int hashCode() {
            return Objects.hash(store, event);
        }
    }
}
