package org.evenkeel.webhooks;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the world reaches this host. */
@ObjectClassDefinition(
        name = "Evenkeel public address",
        description = "How the world reaches this host. With a public address, stores are told where to call back.")
public @interface PublicConfiguration {

    /** The configuration's PID. */
    String PID = "org.evenkeel.public";

    @AttributeDefinition(
            name = "Public address",
            required = false,
            description =
                    "The https address under which the proxy in front of this host is reached from the internet, such as"
                            + " https://stock.example.org. Empty: this host cannot be reached, stores are polled only."
                            + " http is for this machine only.")
    String address() default "";

    @AttributeDefinition(
            name = "Trusted proxies",
            required = false,
            description =
                    "Addresses and networks of proxies in front of this host, such as 127.0.0.1 or 10.0.0.0/8. What they"
                            + " say of a client in the headers Forwarded or X-Forwarded-For, -Proto and -Host is believed;"
                            + " nobody else is.")
    String[] trusted_proxies() default {};
}
