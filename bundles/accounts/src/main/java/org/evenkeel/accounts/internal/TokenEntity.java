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
import org.evenkeel.accounts.Accounts.Token;
import org.evenkeel.accounts.Principal;

/** An API token, without its secret. */
@Entity(name = "Token")
@Table(name = "api_token")
class TokenEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String name;

    @Column(name = "folded_name")
    String foldedName;

    @Column(name = "secret_hash")
    String secretHash;

    @Enumerated(EnumType.STRING)
    Principal.Scope scope;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_used_at")
    Instant lastUsedAt;

    Principal principal() {
        return new Principal("token:" + name, name, scope);
    }

    Token token() {
        return new Token(id, name, scope, createdAt, lastUsedAt);
    }
}
