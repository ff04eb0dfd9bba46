package org.evenkeel.database.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator says about the database; see {@link DatabaseSettings} for what is made of it. */
@ObjectClassDefinition(
        name = "Evenkeel database",
        description =
                "Where the ledger is kept. Without a change: embedded, in the folder \"database\" of the data folder."
                        + " A change takes effect at once; data is not moved from one database to the other.")
public @interface DatabaseConfiguration {

    /** The configuration's PID. */
    String PID = "org.evenkeel.database";

    @AttributeDefinition(
            name = "Address",
            required = false,
            description = "Empty for the embedded database, or a PostgreSQL address such as"
                    + " jdbc:postgresql://db.example.org:5432/evenkeel. The database must exist; its tables are made and"
                    + " kept up to date by Evenkeel. User and password have fields of their own.")
    String url() default "";

    @AttributeDefinition(
            name = "User",
            required = false,
            description = "The PostgreSQL role that owns the tables. Not used by the embedded database.")
    String user() default "";

    @AttributeDefinition(
            name = "Password",
            required = false,
            type = AttributeType.PASSWORD,
            description = "The role's password; best kept as a secret and named here, for example $[secret:database].")
    String password() default "";

    @AttributeDefinition(
            name = "Connections",
            min = "2",
            max = "200",
            description = "The most connections that are open at a time, 2 to 200. Unused ones are closed. With several"
                    + " nodes on one PostgreSQL, their sum must stay below the server's max_connections.")
    int pool_size() default 10;
}
