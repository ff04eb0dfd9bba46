package org.evenkeel.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Marks an extension (filter, mapper, writer) of this application. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface ApiExtension {
    String PREFIX_ = "osgi.jakartars.";

    boolean extension() default true;

    String application_select() default RestApplication.SELECT;
}
