package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** One call that a run made. */
@Entity(name = "Exchange")
@Table(name = "sync_exchange")
public class ExchangeEntity {
    @EmbeddedId
    public Key key;

    @Column(name = "began_at")
    public Instant beganAt;

    /** As JSON: it is only ever shown whole. */
    @Column(name = "details")
    public byte[] details;

    /** Which run's, in which place. */
    @Embeddable
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        @Column(name = "run")
        public long run;

        @Column(name = "place")
        public int place;

        protected Key() {}

        Key(long run, int place) {
            this.run = run;
            this.place = place;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && run == key.run && place == key.place;
        }

        @Override
        public int hashCode() {
            return Objects.hash(run, place);
        }
    }
}
