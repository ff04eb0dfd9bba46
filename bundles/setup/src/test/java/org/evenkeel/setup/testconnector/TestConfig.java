package org.evenkeel.setup.testconnector;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A form with one field of each kind. */
@ObjectClassDefinition(name = "Test shop", description = "A shop that is none.")
@interface TestConfig {

    @AttributeDefinition(name = "Address", description = "Where it is.", min = "3", max = "60")
    String address();

    @AttributeDefinition(name = "Access token", type = AttributeType.PASSWORD, min = "4")
    String _accessToken();

    @AttributeDefinition(name = "Second secret", type = AttributeType.PASSWORD, required = false)
    String _second() default "";

    @AttributeDefinition(name = "Page size", min = "1", max = "250")
    int pageSize() default 50;

    @AttributeDefinition(name = "Share", required = false)
    double share() default 1.0;

    @AttributeDefinition(name = "Drafts too", required = false)
    boolean drafts() default false;

    @AttributeDefinition(
            name = "Mode",
            options = {@Option(value = "fast", label = "Fast"), @Option(value = "slow", label = "Slow")})
    String mode() default "fast";

    @AttributeDefinition(name = "Tags", required = false)
    String[] tags() default {};

    @AttributeDefinition(name = "Store id")
    String evenkeel_store() default "";

    @AttributeDefinition(name = "Store name", required = false)
    String evenkeel_store_name() default "";
}
