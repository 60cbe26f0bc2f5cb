package dev.lockstep.cdi;

import dev.lockstep.config.Problems;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes of the application that leave it to the container who may call them, by
 * {@code @RolesAllowed} or {@code @DenyAll}. Unless {@code lockstep.security} is {@code container},
 * the container does not know whom the filter has let in, which is warned of. Where it is, no
 * annotation of a bean may be overlooked. Confined to the container's thread.
 */
final class ContainerRoles {

    private static final Logger LOG = System.getLogger(ContainerRoles.class.getName());
    /** A line of a log; whoever has more finds the others alike. */
    private static final int MAX_CLASSES_NAMED = 10;
    /** By name, as not every container has EJB. */
    private static final Set<String> ENTERPRISE_BEANS = Set.of(
            "jakarta.ejb.Stateless", "jakarta.ejb.Stateful", "jakarta.ejb.Singleton", "jakarta.ejb.MessageDriven");

    private final Set<String> classes = new TreeSet<>();
    private final Set<String> overlooked = new TreeSet<>();

    void note(Class<?> type) {
        classes.add(type.getName());
    }

    /**
     * Has a bean guarded, where the container knows who calls. It guards enterprise beans itself,
     * and beans of CDI not; resources of Jakarta REST by their own annotations, but not by those
     * that they inherit.
     */
    static void guard(AnnotatedTypeConfigurator<?> type) {
        if (!isEnterpriseBean(type.getAnnotated().getJavaClass())) {
            type.add(new GuardedLiteral());
        }
    }

    /** Looks for annotations of a bean that nobody would look at later. */
    void check(ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        if (event instanceof ProcessManagedBean<?> managed) {
            checkClass(bean.getBeanClass());
            if (!managed.getAnnotatedBeanClass().isAnnotationPresent(GuardedByRoles.class)) {
                checkUnguarded(
                        bean.getBeanClass(),
                        "the bean could not be guarded. Give it a scope, and let no other extension of CDI replace its"
                                + " annotations");
            }
        } else if (event instanceof ProcessSessionBean<?>) {
            checkClass(bean.getBeanClass());
        } else {
            bean.getTypes().stream()
                    .filter(Class.class::isInstance)
                    .forEach(type -> checkUnguarded(
                            (Class<?>) type,
                            "a producer or an extension makes the bean, which nobody guards then. Have CDI make it of the"
                                    + " class"));
        }
    }

    private void checkClass(Class<?> type) {
        Set<String> places = RoleAnnotations.overlooked(type);
        if (!places.isEmpty()) {
            overlook(
                    type,
                    "it is on " + String.join(", ", places)
                            + ". Put it on the class or on the method that is called, or @PermitAll");
        }
    }

    private void checkUnguarded(Class<?> type, String reason) {
        if (!isEnterpriseBean(type) && RoleAnnotations.restrictsAnything(type)) {
            overlook(type, reason);
        }
    }

    private void overlook(Class<?> type, String reason) {
        overlooked.add("LOCKSTEP-0521 @RolesAllowed or @DenyAll of " + type.getName() + " would be overlooked: "
                + reason + ".");
    }

    void reportOverlooked(Problems problems) {
        overlooked.forEach(problems::add);
    }

    private static boolean isEnterpriseBean(Class<?> type) {
        return Arrays.stream(type.getAnnotations())
                .map(annotation -> annotation.annotationType().getName())
                .anyMatch(ENTERPRISE_BEANS::contains);
    }

    /** Called where the filter protects something. */
    void warn() {
        if (!classes.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0515 @RolesAllowed and @DenyAll do not see the identity that Lockstep's filter gives, but on"
                            + " resources of RESTEasy: they refuse everybody or, on beans of CDI and on what a resource"
                            + " inherits, let every session in. Set lockstep.security=container,"
                            + " so that the container knows the session and its groups. Or name the groups in"
                            + " lockstep.web.require instead; then Payara needs jaxrs-roles-allowed-enabled=false in"
                            + " WEB-INF/payara-web.xml. They are on "
                            + named()
                            + ". classes=" + classes.size());
        }
    }

    private String named() {
        List<String> some = classes.stream().limit(MAX_CLASSES_NAMED).toList();
        int more = classes.size() - some.size();
        return String.join(", ", some) + (more == 0 ? "" : " and " + more + " more");
    }

    private static final class GuardedLiteral extends AnnotationLiteral<GuardedByRoles> implements GuardedByRoles {

        private static final long serialVersionUID = 1L;
    }
}
