package org.evenkeel.ledger.impl.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/**
 * What an order line did to one level: all that was ever posted for it there. The line of a bundle will have one for each
 * component, which is why the product stands here too.
 */
@Entity(name = "Allocation")
@Table(name = "order_allocation")
public class AllocationEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_allocation_seq")
    @SequenceGenerator(name = "order_allocation_seq", sequenceName = "order_allocation_seq", allocationSize = 50)
    public Long id;

    @Column(name = "line_id")
    public Long line;

    @Column(name = "product_id")
    public long product;

    @Column(name = "location_id")
    public long location;

    /** Units that it keeps booked there. */
    @Column(name = "booked")
    public long booked;

    /** Units that were sent from there, gross. */
    @Column(name = "fulfilled")
    public long fulfilled;

    /** Units that were lost there. */
    @Column(name = "lost")
    public long lost;

    /** Units that came back there. */
    @Column(name = "returned")
    public long returned;
}
