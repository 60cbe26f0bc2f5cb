package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.config.WebConfigs;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.web.probe.BrokenServices;
import dev.lockstep.web.probe.LateServices;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.RawHttp;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockstepInitializerTest {

    private static final String FILTER = "dev.lockstep.web.BearerTokenFilter";

    @TempDir
    Path directory;

    @Test
    void isFoundByTheServer() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .anyMatch(initializer -> initializer instanceof LockstepInitializer);
    }

    @Test
    void registersNothingWhereNothingIsProtected() throws Exception {
        try (JettySite site = new JettySite(Map.of())) {
            site.withFilter().start();
            assertThat(site.context.getServletContext().getFilterRegistrations())
                    .doesNotContainKey(FILTER);
            assertThat(RawHttp.send(site.port(), "GET", "/app/api/echo").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void comesBeforeTheFiltersOfTheApplication() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        Filter own = (request, response, chain) -> {
            seen.incrementAndGet();
            chain.doFilter(request, response);
        };
        try (JettySite site = new JettySite()) {
            FilterHolder holder = new FilterHolder(own);
            holder.setAsyncSupported(true);
            site.context.addFilter(holder, "/*", null);
            site.withFilter().start();
            assertThat(RawHttp.send(site.port(), "GET", "/app/api/echo").status())
                    .isEqualTo(401);
            assertThat(seen).hasValue(0);
            RawHttp.send(site.port(), "GET", "/app/open/echo");
            assertThat(seen).hasValue(1);
            assertThat(site.context.getServletHandler().getFilterMappings())
                    .extracting(FilterMapping::getFilterName)
                    .startsWith(FILTER);
        }
    }

    @Test
    void saysWhichPatternsAreInForce() throws Exception {
        try (CapturedLog log = new CapturedLog(LockstepInitializer.class.getName());
                JettySite site = new JettySite()) {
            site.withFilter().start();
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0406 The filter of /app is in force: security=filter,"
                            + " protect=[/api/*, /exact, /rest/secret/*, /pages/*]")
                    .contains("permit=[/api/public/*,", "require=[/api/admin/*=admin,", "confirm=[/api/confirmed/*]");
        }
    }

    @Test
    void saysThatNothingIsProtected() throws Exception {
        try (CapturedLog log = new CapturedLog(LockstepInitializer.class.getName());
                JettySite site = new JettySite(Map.of())) {
            site.withFilter().start();
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0407 No path of /app is protected");
        }
    }

    @Test
    void aConfigurationThatCannotBeReadFailsTheDeployment() throws Exception {
        Path service = Files.writeString(directory.resolve("service"), BrokenServices.class.getName());
        try (JettySite site = new JettySite()) {
            site.context.setClassLoader(offering(List.of(service.toUri().toURL())));
            site.with(new LockstepInitializer());
            assertThatThrownBy(site::start).hasStackTraceContaining("on purpose");
            assertThat(site.context.isAvailable()).isFalse();
        }
    }

    @Test
    void aJarThatWasTakenApartFailsTheDeployment() throws Exception {
        try (JettySite site = new JettySite()) {
            site.context.setClassLoader(offering(List.of()));
            site.with(new LockstepInitializer());
            assertThatThrownBy(site::start).hasStackTraceContaining("LOCKSTEP-0402");
            assertThat(site.context.isAvailable()).isFalse();
        }
    }

    @Test
    void whereCdiStartsLaterWhatIsProtectedIsAllTheSame() throws Exception {
        LateServices.config = () -> WebConfigs.of(ProbeConfig.CONFIG);
        try (JettySite site = late()) {
            site.start();
            assertThat(RawHttp.send(site.port(), "GET", "/app/api/echo").status())
                    .isEqualTo(401);
            assertThat(RawHttp.send(site.port(), "GET", "/app/open/echo").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whereCdiStartsLaterAndNothingIsProtectedAllIsOpen() throws Exception {
        LateServices.config = () -> WebConfigs.of(Map.of());
        try (JettySite site = late()) {
            site.start();
            assertThat(RawHttp.send(site.port(), "GET", "/app/api/echo").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whereCdiStartsLaterTheContainerIsReliedOnOnlyIfItAsked() throws Exception {
        LateServices.config = () -> WebConfigs.of(Map.of("lockstep.security", "container"));
        try (JettySite site = late()) {
            site.start();
            assertThat(RawHttp.send(site.port(), "GET", "/app/api/echo").status())
                    .isEqualTo(500);
        }
    }

    @Test
    void resteasyLooksAtRolesWhereThereIsAFilter() throws Exception {
        try (JettySite site = new JettySite()) {
            site.withFilter().start();
            assertThat(roles(site)).isEqualTo("true");
        }
        try (JettySite site = new JettySite(Map.of())) {
            site.withFilter().start();
            assertThat(roles(site)).isNull();
        }
        LateServices.config = () -> WebConfigs.of(ProbeConfig.CONFIG);
        try (JettySite site = late()) {
            site.start();
            assertThat(roles(site)).isEqualTo("true");
        }
    }

    @Test
    void whatTheApplicationTellsResteasyStays() throws Exception {
        try (JettySite site = new JettySite()) {
            site.context.getInitParams().put("resteasy.role.based.security", "false");
            site.withFilter().start();
            assertThat(roles(site)).isEqualTo("false");
        }
    }

    private static @Nullable String roles(JettySite site) {
        return site.context.getServletContext().getInitParameter("resteasy.role.based.security");
    }

    @Test
    void whereCdiNeverStartsTheDeploymentFails() throws Exception {
        LateServices.config = () -> {
            throw new IllegalStateException("CDI is missing");
        };
        try (JettySite site = late()) {
            assertThatThrownBy(site::start).hasStackTraceContaining("CDI is missing");
            assertThat(site.context.isAvailable()).isFalse();
        }
    }

    @Test
    void anotherFilterByThatNameFailsTheDeployment() throws Exception {
        try (JettySite site = new JettySite()) {
            site.with((classes, context) -> {
                LockstepInitializer.install(site.services, context);
                LockstepInitializer.install(site.services, context);
            });
            assertThatThrownBy(site::start).hasStackTraceContaining("LOCKSTEP-0403");
        }
    }

    private JettySite late() throws IOException {
        Path service = Files.writeString(directory.resolve("service"), LateServices.class.getName());
        JettySite site = new JettySite();
        site.context.setClassLoader(offering(List.of(service.toUri().toURL())));
        return site.with(new LockstepInitializer());
    }

    /** A class loader of an application that has these files for the service. */
    private static ClassLoader offering(List<URL> services) {
        return new ClassLoader(LockstepInitializerTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("META-INF/services/" + WebServices.class.getName())
                        ? Collections.enumeration(services)
                        : super.getResources(name);
            }
        };
    }
}
