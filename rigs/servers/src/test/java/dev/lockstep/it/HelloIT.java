package dev.lockstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.transaction.UserTransaction;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The servers offer what the other integration tests stand on. */
@ExtendWith(ArquillianExtension.class)
class HelloIT {

    @Deployment
    static WebArchive hello() {
        return Deployments.withTestLibraries(Deployments.war(
                "hello",
                Map.of("hello.greeting", "good day", "lockstep.application", "hello"),
                HelloServlet.class,
                AtStart.class,
                AtCdiStart.class));
    }

    @Inject
    @ConfigProperty(name = "hello.greeting")
    String greeting;

    @Inject
    SessionManager sessions;

    @EJB
    AtStart atStart;

    @Inject
    AtCdiStart atCdiStart;

    @Resource
    DataSource dataSource;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedThreadFactory threads;

    @Resource
    UserTransaction transaction;

    @Test
    @RunAsClient
    void answersOverHttp() {
        var response = Http.to("hello").get("/hello");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello from /hello");
    }

    @Test
    void readsConfigurationInside() {
        assertThat(greeting).isEqualTo("good day");
    }

    @Test
    void hasAnH2DataSourceAndTransactions() throws Exception {
        transaction.begin();
        try (var connection = dataSource.getConnection()) {
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("H2");
        } finally {
            transaction.rollback();
        }
    }

    @Test
    void hasManagedThreads() throws Exception {
        assertThat(executor.submit(() -> "done").get(10, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(threads.newThread(() -> {})).isNotNull();
    }

    /** Since it has a name, Lockstep need not wait for the context path. */
    @Test
    void aNamedApplicationsBeansCanOpenSessionsAsItBegins() {
        assertThat(sessions.list("at start"))
                .extracting(Session::id)
                .containsExactlyInAnyOrder(atStart.opened(), atCdiStart.opened());
    }

    @Test
    void hasJson() {
        assertThat(Json.createObjectBuilder().add("a", 1).build()).hasToString("{\"a\":1}");
    }
}
