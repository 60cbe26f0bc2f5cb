package dev.lockstep.web;

import dev.lockstep.config.EndpointsConfig;
import dev.lockstep.config.MissingParts;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.path.PathPattern;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts the application's sessions, and registers the filter, before any that the application
 * declares, if {@code lockstep.web.protect} has a pattern or {@code lockstep.security} is
 * {@code container}, and the servlet of the endpoints, if they have a path; found by the server
 * through {@code META-INF/services}.
 *
 * <p>It is mapped to everything, and looks for itself which requests are to be protected: a server
 * maps filters by one reading of the path, which need not be the one by which a framework then
 * chooses what to run.
 *
 * <p>Whatever goes wrong fails the deployment: an application that was to be protected does not
 * start unprotected.
 */
public final class LockstepInitializer implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger(LockstepInitializer.class.getName());
    /** RESTEasy ignores {@code @RolesAllowed} unless it is true; others don't know it. */
    private static final String RESTEASY_ROLES = "resteasy.role.based.security";

    private static final String FILTER = "dev.lockstep.web.BearerTokenFilter";
    private static final String ENDPOINTS = "dev.lockstep.endpoints.EndpointsServlet";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        MissingParts.problem(context.getClassLoader()).ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        WebServices services = load(context.getClassLoader());
        if (services.isReady()) {
            services.start(context.getContextPath());
            install(services, context);
        } else {
            haveRolesLookedAt(context);
            LateFilter filter = new LateFilter(services);
            context.addListener(filter);
            register(filter, context);
            serve(EndpointsConfig.configuredPath(), services, context);
        }
    }

    static void install(WebServices services, ServletContext context) {
        WebConfig config = services.config();
        if (config.needsFilter()) {
            haveRolesLookedAt(context);
            register(new BearerTokenFilter(services, config), context);
        }
        serve(config.endpoints().path(), services, context);
        announce(config, context.getContextPath());
    }

    /** Once per deployment, so that a setting that did not arrive is noticed. */
    static void announce(WebConfig config, String contextPath) {
        String application = WebApplication.name(contextPath);
        LOG.log(
                Level.INFO,
                (config.protect().isEmpty()
                                ? "LOCKSTEP-0407 No path of " + application
                                        + " is protected, since lockstep.web.protect is not set."
                                : "LOCKSTEP-0406 The filter of " + application + " is in force: " + config + ".")
                        + " context=" + application);
    }

    /** What the application says itself goes before. */
    private static void haveRolesLookedAt(ServletContext context) {
        boolean unused = context.setInitParameter(RESTEASY_ROLES, "true");
    }

    /** The server initializes the servlet at the first request. */
    private static void serve(Optional<PathPattern> path, WebServices services, ServletContext context) {
        path.ifPresent(pattern -> {
            ServletRegistration.@Nullable Dynamic registration = context.addServlet(ENDPOINTS, services.endpoints());
            if (registration == null || !registration.addMapping(pattern.text()).isEmpty()) {
                throw new IllegalStateException("LOCKSTEP-0413 Another servlet is mapped to " + pattern
                        + " already, or is named " + ENDPOINTS + ": give lockstep.endpoints.path another value");
            }
        });
    }

    private static WebServices load(ClassLoader application) {
        return ServiceLoader.load(WebServices.class, application)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("LOCKSTEP-0402 No " + WebServices.class.getName()
                        + " is found by ServiceLoader: put the whole, unchanged Lockstep jar into WEB-INF/lib"));
    }

    private static void register(Filter filter, ServletContext context) {
        FilterRegistration.@Nullable Dynamic registration = context.addFilter(FILTER, filter);
        if (registration == null) {
            throw new IllegalStateException("LOCKSTEP-0403 A filter named " + FILTER
                    + " is there already: leave its registration to Lockstep, or give yours another name");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
