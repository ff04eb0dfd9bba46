package org.evenkeel.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.evenkeel.accounts.Principal;

/** What a resource or method asks of its caller, where that is not READ for reading and WRITE for everything else. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Needs {
    Principal.Scope value();
}
