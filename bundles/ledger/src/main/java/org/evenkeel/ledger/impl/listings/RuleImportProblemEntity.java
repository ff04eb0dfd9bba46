package org.evenkeel.ledger.impl.listings;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** What is wrong with a row of a file of rules. */
@Entity(name = "RuleImportProblem")
@Table(name = "rule_import_problem")
@IdClass(RuleImportRowEntity.Key.class)
public class RuleImportProblemEntity {
    @Id
    @Column(name = "import_id")
    public long ofImport;

    @Id
    @Column(name = "place")
    public int place;

    @Column(name = "line")
    public long line;

    @Column(name = "column_name")
    public String column;

    @Column(name = "message")
    public String message;
}
