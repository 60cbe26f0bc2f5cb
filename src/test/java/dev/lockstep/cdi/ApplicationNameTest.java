package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.web.WebServices;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which application a deployment is, and that no other is taken for it by chance. */
class ApplicationNameTest {

    private final String url = "jdbc:h2:mem:names" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";

    /** As on Tomcat and Jetty, which have neither a name for a module nor threads in JNDI. */
    @Test
    void twoWebApplicationsOnOneDatabaseAreTwoApplicationsInEveryServletContainer() {
        try (SeApplication one = start(Map.of());
                SeApplication two = start(Map.of())) {
            deploy(one, "/one");
            deploy(two, "/two");
            IssuedToken issued = one.get(SessionManager.class).open("alice", Set.of());

            assertThat(two.get(SessionManager.class).find(issued.token())).isEmpty();
            assertThat(two.get(SessionManager.class).list("alice")).isEmpty();
            assertThat(one.get(SessionManager.class).find(issued.token())).isPresent();
        }
    }

    @Test
    void nodesOfOneWebApplicationShareItsSessions() {
        try (SeApplication one = start(Map.of());
                SeApplication two = start(Map.of())) {
            deploy(one, "");
            deploy(two, "");
            IssuedToken issued = one.get(SessionManager.class).open("alice", Set.of());

            assertThat(two.get(SessionManager.class).find(issued.token())).isPresent();
        }
    }

    @Test
    void aNameThatNobodyChoseAndThatMoreThanOneNodeUsesIsWarnedOf() {
        try (CapturedLog log = new CapturedLog(SharedName.class.getName());
                SeApplication one = start(Map.of())) {
            deploy(one, "/");
            assertThat(log.messages()).isEmpty();
            try (SeApplication two = start(Map.of())) {
                deploy(two, "/");
                assertThat(log.messages())
                        .singleElement()
                        .asString()
                        .startsWith("LOCKSTEP-0510 The name / was not chosen")
                        .contains(NodeName.ofThisProcess(), "lockstep.application");
            }
        }
    }

    @Test
    void aChosenNameIsNotWarnedOf() {
        Map<String, String> shop = Map.of("lockstep.application", "shop");
        try (CapturedLog log = new CapturedLog(SharedName.class.getName());
                SeApplication one = start(shop);
                SeApplication two = start(shop)) {
            assertThat(one.get(SessionManager.class)).isNotNull();
            assertThat(two.get(SessionManager.class)).isNotNull();
            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void aSecondWebApplicationDoesNotJoinTheFirstOnesSessions() {
        try (SeApplication one = start(Map.of())) {
            deploy(one, "/one");

            assertThatThrownBy(() -> one.deployment().start("/two"))
                    .hasMessageStartingWith("LOCKSTEP-0509 The web application /two")
                    .hasMessageContaining("/one");
        }
    }

    @Test
    void aChosenNameIsSharedOnPurpose() {
        try (SeApplication one = start(Map.of("lockstep.application", "shop"))) {
            one.deployment().start("/one");
            one.deployment().start("/two");

            assertThat(one.get(SessionManager.class).open("alice", Set.of())).isNotNull();
        }
    }

    @Test
    void pathsThatNothingServesAreAProblem() {
        assertThatThrownBy(() -> start(Map.of("lockstep.web.protect", "/api/*")).close())
                .hasStackTraceContaining("LOCKSTEP-0010 lockstep.web.protect is [/api/*], but nothing here serves it");
        assertThatThrownBy(() ->
                        start(Map.of("lockstep.endpoints.path", "/lockstep")).close())
                .hasStackTraceContaining("LOCKSTEP-0010 lockstep.endpoints.path is [/lockstep/*], but nothing here");
    }

    @Test
    void whereCdiIsNotOnTheWebApplicationIsToldHow() {
        WebServices services = new CdiWebServices();

        assertThatThrownBy(() -> services.start("/shop"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("LOCKSTEP-0511 CDI is not on")
                .hasMessageContaining("beans.xml")
                .hasMessageContaining("@ApplicationScoped");
    }

    @Test
    void aScopeOutsideOfServletHasNoPath() throws Exception {
        String name = "dev.lockstep.web.WebApplication";
        URL classes =
                LockstepExtension.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader withoutServlet =
                new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            assertThat(withoutServlet
                            .loadClass(name)
                            .getMethod("nameOf", Object.class)
                            .invoke(null, "anything"))
                    .isEqualTo(Optional.empty());
        }
    }

    private SeApplication start(Map<String, String> properties) {
        return SeApplication.start(with(properties, "lockstep.store.url", url));
    }

    /** Begins its application scope again, as a Servlet container does. */
    private static void deploy(SeApplication application, String contextPath) {
        application.deployment().close();
        application.deployment().scopeBegan(context(contextPath));
    }

    private static Object context(String path) {
        return Proxy.newProxyInstance(
                ApplicationNameTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> method.getName().equals("getContextPath") ? path : null);
    }

    private static Map<String, String> with(Map<String, String> properties, String key, String value) {
        Map<String, String> all = new HashMap<>(properties);
        all.put(key, value);
        return all;
    }
}
