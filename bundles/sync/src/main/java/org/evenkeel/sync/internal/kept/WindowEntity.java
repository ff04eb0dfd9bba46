package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** An oversell window that closed. */
@Entity(name = "Window")
@Table(name = "sync_window")
public class WindowEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sync_window_seq")
    @SequenceGenerator(name = "sync_window_seq", sequenceName = "sync_window_seq", allocationSize = 50)
    public Long id;

    /** Where the order was placed. */
    @Column(name = "store")
    public String store;

    @Column(name = "closed_at")
    public Instant closedAt;

    @Column(name = "length_ms")
    public long lengthMillis;
}
