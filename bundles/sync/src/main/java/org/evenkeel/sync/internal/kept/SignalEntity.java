package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How often something was told to whichever node serves a store. Counters only rise; that one rose is the news. */
@Entity(name = "Signal")
@Table(name = "sync_signal")
public class SignalEntity {
    @Id
    @Column(name = "store")
    public String store;

    /** Figures became due. */
    @Column(name = "wakes")
    public long wakes;

    /** The store's orders may have changed. */
    @Column(name = "hints")
    public long hints;

    /** The store's own data changed: its switches, its name. */
    @Column(name = "switches")
    public long switches;

    /** Something is asked. */
    @Column(name = "requests")
    public long requests;
}
