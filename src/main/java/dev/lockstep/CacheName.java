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
 * Names a {@link SessionCache}. At an injection point it selects the cache to inject, whatever
 * {@code lockstep.cache} says; on a bean of the application it is the name by which
 * {@code lockstep.cache} selects that bean.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({TYPE, FIELD, METHOD, PARAMETER})
public @interface CacheName {

    /** A value of {@code lockstep.cache}. */
    String value();
}
