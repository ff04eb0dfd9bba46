package org.evenkeel.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.evenkeel.accounts.AuditLog;

/** One line of the audit log. */
@Entity(name = "Audit")
@Table(name = "audit_entry")
class AuditEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "recorded_at")
    Instant recordedAt;

    String actor;
    String action;
    String subject;
    String detail;

    AuditLog.Entry entry() {
        return new AuditLog.Entry(id, recordedAt, actor, action, subject, detail);
    }
}
