package org.evenkeel.accounts.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.evenkeel.accounts.Principal;

/** Somebody who may log in. */
@Entity(name = "User")
@Table(name = "account_user")
class UserEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String name;

    @Column(name = "folded_name")
    String foldedName;

    @Enumerated(EnumType.STRING)
    Principal.Scope scope;

    @Column(name = "password_hash")
    String passwordHash;

    @Column(name = "password_changed_at")
    Instant passwordChangedAt;

    @Column(name = "created_at")
    Instant createdAt;

    Principal principal() {
        return new Principal("user:" + name, name, scope);
    }
}
