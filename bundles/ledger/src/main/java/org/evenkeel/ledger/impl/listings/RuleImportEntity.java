package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.evenkeel.ledger.RuleImport;

/** A file of rules that was sent in. */
@Entity(name = "RuleImport")
@Table(name = "rule_import")
public class RuleImportEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "rule_import_seq")
    @SequenceGenerator(name = "rule_import_seq", sequenceName = "rule_import_seq", allocationSize = 1)
    public Long id;

    @Column(name = "name")
    public String name;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    public RuleImport.State state;

    @Column(name = "rules")
    public int rules;

    @Column(name = "problems")
    public int problems;

    /** Rows up to this place were worked off. */
    @Column(name = "done")
    public int done;

    @Column(name = "changed")
    public int changed;

    @Column(name = "staged_at")
    public Instant stagedAt;

    @Column(name = "staged_by")
    public String stagedBy;

    @Column(name = "applied_at")
    public Instant appliedAt;

    @Column(name = "applied_by")
    public String appliedBy;

    RuleImport view() {
        return new RuleImport(
                id, name, state, rules, problems, done, changed, stagedAt, stagedBy, appliedAt, appliedBy);
    }
}
