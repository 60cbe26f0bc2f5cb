package dev.lockstep;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Names one {@link SessionCache}: at an injection point, the one to inject, whatever {@code lockstep.cache} says; on a
 * bean of the application, the name by which {@code lockstep.cache} picks it.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({TYPE, FIELD, METHOD, PARAMETER})
public @interface CacheName {

    /** A value of {@code lockstep.cache}. */
    String value();
}
