package dev.lockstep.cdi;

import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes of the application that leave it to the container who may call them, by
 * {@code @RolesAllowed} or {@code @DenyAll}. Unless {@code lockstep.security} is {@code container},
 * the container does not know whom the filter has let in. Confined to the container's
 * thread.
 */
final class ContainerRoles {

    private static final Logger LOG = System.getLogger(ContainerRoles.class.getName());
    /** A line of a log; whoever has more finds the others alike. */
    private static final int MAX_CLASSES_NAMED = 10;

    private final Set<String> classes = new TreeSet<>();

    void note(Class<?> type) {
        classes.add(type.getName());
    }

    /**
     * Has a bean guarded, where the container knows who calls. It guards resources of Jakarta REST
     * and enterprise beans by itself, and beans of CDI not.
     */
    static void guard(AnnotatedTypeConfigurator<?> type) {
        if (type.getAnnotated().getAnnotations().stream().noneMatch(ContainerRoles::isOfTheContainer)) {
            type.add(new GuardedLiteral());
        }
    }

    private static boolean isOfTheContainer(Annotation annotation) {
        String name = annotation.annotationType().getName();
        return name.equals("jakarta.ws.rs.Path") || name.startsWith("jakarta.ejb.");
    }

    private static final class GuardedLiteral extends AnnotationLiteral<GuardedByRoles> implements GuardedByRoles {

        private static final long serialVersionUID = 1L;
    }

    /** Called where the filter protects something. */
    void warn() {
        if (!classes.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0515 @RolesAllowed and @DenyAll do not see the identity that Lockstep's filter gives: on"
                            + " beans of CDI they are ignored, on enterprise beans and on resources of some servers"
                            + " everybody is refused. Set lockstep.security=container, so that the container knows the session and its"
                            + " groups, or name the groups in lockstep.web.require instead. They are on " + named()
                            + ".");
        }
    }

    private String named() {
        List<String> some = classes.stream().limit(MAX_CLASSES_NAMED).toList();
        int more = classes.size() - some.size();
        return String.join(", ", some) + (more == 0 ? "" : " and " + more + " more");
    }
}
