package org.evenkeel.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Marks a resource of this application: the whiteboard's two properties in one. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface ApiResource {
    String PREFIX_ = "osgi.jakartars.";

    boolean resource() default true;

    String application_select() default RestApplication.SELECT;
}
