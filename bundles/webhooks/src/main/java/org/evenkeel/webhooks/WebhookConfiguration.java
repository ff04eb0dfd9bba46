package org.evenkeel.webhooks;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where webhooks come in, and how many at most. */
@ObjectClassDefinition(
        name = "Evenkeel webhooks",
        description = "Where stores' webhooks come in, and how much of it is taken at once.")
public @interface WebhookConfiguration {

    /** The configuration's PID. */
    String PID = "org.evenkeel.webhooks";

    @AttributeDefinition(
            name = "Own port",
            min = "0",
            max = "65535",
            description =
                    "A port on which webhooks come in and nothing else is served, so that a proxy can show it to the"
                            + " internet without the pages. 0: they come in at /webhooks/ where the pages are.")
    int port() default 0;

    @AttributeDefinition(
            name = "Address of the own port",
            description = "The address that the own port listens on. 0.0.0.0 is all of this machine's.")
    String address() default "127.0.0.1";

    @AttributeDefinition(
            name = "Largest body (KiB)",
            min = "1",
            max = "16384",
            description = "A webhook with a larger body is refused.")
    int largest_kilobytes() default 1024;

    @AttributeDefinition(
            name = "At once",
            min = "2",
            max = "1000",
            description =
                    "So many webhooks are worked on at once, of one store at most half of them; the others are asked to"
                            + " come again.")
    int at_once() default 32;

    @AttributeDefinition(
            name = "Days kept",
            min = "1",
            max = "365",
            description = "How long a webhook's event is remembered, so that it is known when it is delivered again.")
    int kept_days() default 7;

    @AttributeDefinition(
            name = "Events kept",
            min = "100",
            max = "10000000",
            description = "How many events of each store are remembered at most.")
    int kept_events() default 20000;
}
