package org.evenkeel.database.testing.probe;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** A row with a lazy parent, since proxies are what a framework's class loaders get in the way of. */
@Entity
@Table(name = "probe")
public class ProbeRow {
    @Id
    private long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    private ProbeRow parent;

    private String label;

    protected ProbeRow() {}

    public ProbeRow(long id, ProbeRow parent, String label) {
        this.id = id;
        this.parent = parent;
        this.label = label;
    }

    public ProbeRow getParent() {
        return parent;
    }

    public String getLabel() {
        return label;
    }
}
