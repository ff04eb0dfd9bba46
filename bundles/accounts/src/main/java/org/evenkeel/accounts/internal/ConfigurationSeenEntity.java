package org.evenkeel.accounts.internal;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A configuration as it was last seen: a salted digest, from which nothing can be read. */
@Entity(name = "ConfigurationSeen")
@Table(name = "configuration_seen")
class ConfigurationSeenEntity {
    @Id
    String pid;

    String salt;
    String digest;
}
