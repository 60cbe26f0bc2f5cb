package dev.lockstep.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.web.probe.RawHttp;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two web applications on one database, in containers to which each brings its own CDI, are two
 * applications.
 */
class ServletContainersTest {

    private static final Map<String, String> CONFIG = Map.of(
            "lockstep.store.url",
            "jdbc:h2:mem:containers" + System.nanoTime() + ";DB_CLOSE_DELAY=-1",
            "lockstep.endpoints.path",
            "/lockstep");

    @TempDir
    private Path folder;

    /** As a server does with the drivers that it gives to its applications. */
    @BeforeAll
    static void registerDriver() {
        Driver.load();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onTomcatATokenOfOneIsNothingToAnother(boolean weldFirst) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        try (LikeAWar one = new LikeAWar(folder.resolve("one"), CONFIG);
                LikeAWar two = new LikeAWar(folder.resolve("two"), CONFIG)) {
            deploy(tomcat, "/one", one, weldFirst);
            deploy(tomcat, "/two", two, weldFirst);
            tomcat.start();
            try {
                assertApart(one, two);
                assertEndpoints(tomcat.getConnector().getLocalPort(), one);
            } finally {
                tomcat.stop();
                tomcat.destroy();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onJettyATokenOfOneIsNothingToAnother(boolean weldFirst) throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        try (LikeAWar one = new LikeAWar(folder.resolve("one"), CONFIG);
                LikeAWar two = new LikeAWar(folder.resolve("two"), CONFIG)) {
            jetty.setHandler(
                    new ContextHandlerCollection(deploy("/one", one, weldFirst), deploy("/two", two, weldFirst)));
            jetty.start();
            try {
                assertApart(one, two);
                assertEndpoints(connector.getLocalPort(), one);
            } finally {
                jetty.stop();
            }
        }
    }

    /** Jakarta Security is not part of such a container. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aContainerThatCannotBeToldOfCallersIsNotStarted(boolean weldFirst) throws Exception {
        Map<String, String> config = new HashMap<>(CONFIG);
        config.put("lockstep.security", "container");
        Server jetty = new Server();
        try (LikeAWar war = new LikeAWar(folder.resolve("one"), config)) {
            jetty.setHandler(deploy("/one", war, weldFirst));
            try {
                assertThatThrownBy(jetty::start).hasStackTraceContaining("LOCKSTEP-0518");
            } finally {
                jetty.stop();
            }
        }
    }

    private static void deploy(Tomcat tomcat, String path, LikeAWar war, boolean weldFirst) {
        Context context = tomcat.addContext(path, null);
        context.setParentClassLoader(war.loader());
        war.initializers(weldFirst)
                .forEach(initializer -> context.addServletContainerInitializer(initializer, Set.of()));
    }

    private static ServletContextHandler deploy(String path, LikeAWar war, boolean weldFirst) {
        ServletContextHandler context = new ServletContextHandler(path);
        context.setClassLoader(war.loader());
        war.initializers(weldFirst).forEach(context::addServletContainerInitializer);
        return context;
    }

    private static void assertApart(LikeAWar one, LikeAWar two) {
        String token = one.ask("open");

        assertThat(one.ask(token)).isEqualTo("true");
        assertThat(two.ask(token)).isEqualTo("false");
    }

    /** In whatever order the server called the initializers. */
    private static void assertEndpoints(int port, LikeAWar one) {
        String own = "Authorization: Bearer " + one.ask("open");
        assertThat(RawHttp.send(port, "GET", "/one/lockstep/sessions", own).body())
                .contains("\"principal\":\"alice\"");
        assertThat(RawHttp.send(port, "GET", "/two/lockstep/sessions", own).status())
                .isEqualTo(401);
        assertThat(RawHttp.send(port, "GET", "/one/lockstep/openapi.json").status())
                .isEqualTo(200);
    }
}
