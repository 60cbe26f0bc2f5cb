package dev.lockstep.cdi;

import dev.lockstep.CurrentSession;
import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.security.enterprise.SecurityContext;
import java.io.Serializable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.stream.Stream;

/**
 * Lets callers of a bean pass that {@code @RolesAllowed} names, as EJB does. Thread-safe.
 * Serializable, since beans of a passivating scope, such as {@code @SessionScoped}, take no other.
 */
@SuppressWarnings("serial") // what CDI injects can be serialized
@Interceptor
@GuardedByRoles
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class RolesInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Instance<SecurityContext> security;
    private final CurrentSession current;

    @Inject
    RolesInterceptor(Instance<SecurityContext> security, CurrentSession current) {
        this.security = security;
        this.current = current;
    }

    /**
     * @throws SecurityException if the caller is in none of the roles; of a resource of Jakarta
     *     REST, its exception that is answered 403
     */
    @AroundInvoke
    Object guard(InvocationContext invocation) throws Exception {
        Method method = invocation.getMethod();
        Class<?> bean = invocation.getTarget().getClass();
        if (!isAllowed(RoleAnnotations.deciding(method, bean))) {
            SecurityException refusal = new SecurityException("LOCKSTEP-0520 The caller is in none of the roles that "
                    + method.getDeclaringClass().getName() + "." + method.getName() + " asks for.");
            throw RestBeans.contain(bean) ? RestBeans.forbidden(refusal) : refusal;
        }
        return invocation.proceed();
    }

    private boolean isAllowed(AnnotatedElement deciding) {
        RolesAllowed roles = deciding.getAnnotation(RolesAllowed.class);
        return !deciding.isAnnotationPresent(DenyAll.class)
                && (roles == null || Stream.of(roles.value()).anyMatch(this::isCallerIn));
    }

    /**
     * By what the container says or, as some know only roles that are declared, and others no
     * {@code **}, by the groups of the session; unless the bean runs as somebody else.
     */
    private boolean isCallerIn(String role) {
        SecurityContext container = security.get();
        if (container.isCallerInRole(role)) {
            return true;
        }
        Principal caller = container.getCallerPrincipal();
        return caller != null
                && current.session()
                        .filter(session -> session.principal().equals(caller.getName()))
                        .filter(session -> role.equals("**") || session.groups().contains(role))
                        .isPresent();
    }
}
