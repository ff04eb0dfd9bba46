package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A run. */
@Entity(name = "Run")
@Table(name = "sync_run")
public class RunEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sync_run_seq")
    @SequenceGenerator(name = "sync_run_seq", sequenceName = "sync_run_seq", allocationSize = 1)
    public Long id;

    @Column(name = "store")
    public String store;

    /** A name of {@link org.evenkeel.sync.Run.Trigger}. */
    @Column(name = "cause")
    public String cause;

    @Column(name = "actor")
    public String actor;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "ended_at")
    public Instant endedAt;

    /** A name of {@link org.evenkeel.sync.Run.Result}; null while under way. */
    @Column(name = "outcome")
    public String outcome;

    /** Phases, counts and errors as JSON: they are only ever shown together. */
    @Column(name = "details")
    public byte[] details;
}
