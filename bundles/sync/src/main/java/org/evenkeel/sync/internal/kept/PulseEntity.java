package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How long this database has been in use: counted for all nodes in the row {@code *}, and for each node as it last saw it. */
@Entity(name = "Pulse")
@Table(name = "sync_pulse")
public class PulseEntity {
    static final String ALL = "*";

    @Id
    @Column(name = "node")
    public String node;

    @Column(name = "pulse")
    public long pulse;
}
