package org.evenkeel.sync.internal.kept;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** What one node asks of the one that serves a store. Deleted by the node that asked. */
@Entity(name = "Request")
@Table(name = "sync_request")
public class RequestEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sync_request_seq")
    @SequenceGenerator(name = "sync_request_seq", sequenceName = "sync_request_seq", allocationSize = 1)
    public Long id;

    @Column(name = "store")
    public String store;

    @Column(name = "kind")
    public String kind;

    /** As JSON. */
    @Column(name = "arguments")
    public byte[] arguments;

    @Column(name = "asked_by")
    public String askedBy;

    /** By the database's clock; later, it is not begun any more. */
    @Column(name = "expires_at")
    public Instant expiresAt;

    /** A name of {@link State}. */
    @Column(name = "state")
    public String state;

    /** As JSON; empty before. */
    @Column(name = "answer")
    public byte[] answer;

    /** How far it is. */
    enum State {
        ASKED,
        TAKEN,
        ANSWERED
    }
}
