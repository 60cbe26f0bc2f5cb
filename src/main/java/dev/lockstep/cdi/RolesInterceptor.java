package dev.lockstep.cdi;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.security.enterprise.SecurityContext;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.stream.Stream;

/**
 * Lets callers of a bean pass that {@code @RolesAllowed} names, as EJB does for its own. What is on
 * a method goes before what is on its class; of several the strictest counts. Thread-safe.
 */
@Interceptor
@GuardedByRoles
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class RolesInterceptor {

    private final Instance<SecurityContext> security;

    @Inject
    RolesInterceptor(Instance<SecurityContext> security) {
        this.security = security;
    }

    /** @throws SecurityException if the caller is in none of the roles */
    @AroundInvoke
    Object guard(InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        if (!isAllowed(isGuarded(method) ? method : method.getDeclaringClass())) {
            throw new SecurityException("LOCKSTEP-0520 The caller is in none of the roles that "
                    + method.getDeclaringClass().getName() + "." + method.getName() + " asks for.");
        }
        return invocation.proceed();
    }

    private boolean isAllowed(AnnotatedElement guarded) {
        RolesAllowed roles = guarded.getAnnotation(RolesAllowed.class);
        return !guarded.isAnnotationPresent(DenyAll.class)
                && (roles == null
                        || Stream.of(roles.value())
                                .anyMatch(role -> security.get().isCallerInRole(role)));
    }

    private static boolean isGuarded(AnnotatedElement element) {
        return element.isAnnotationPresent(RolesAllowed.class)
                || element.isAnnotationPresent(DenyAll.class)
                || element.isAnnotationPresent(PermitAll.class);
    }
}
