package dev.lockstep.cdi;

import jakarta.ws.rs.ForbiddenException;
import java.util.Arrays;

/**
 * Resources of Jakarta REST. Knows nothing of it until there is one, as not every container has it.
 */
final class RestBeans {

    private static final String PATH = "jakarta.ws.rs.Path";

    private RestBeans() {}

    /** @param bean its class, or one that the container derived from it */
    static boolean contain(Class<?> bean) {
        return RoleAnnotations.superclasses(bean)
                .flatMap(each -> Arrays.stream(each.getAnnotations()))
                .anyMatch(annotation -> annotation.annotationType().getName().equals(PATH));
    }

    /** What a client is answered 403 by, as by the container's own refusals. */
    static RuntimeException forbidden(SecurityException refusal) {
        return Answer.forbidden(refusal);
    }

    /** Apart, since the JVM loads what a class returns as something else before it runs that. */
    private static final class Answer {

        static RuntimeException forbidden(SecurityException refusal) {
            return new ForbiddenException(refusal.getMessage(), refusal);
        }
    }
}
