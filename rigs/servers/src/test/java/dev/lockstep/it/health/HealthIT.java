package dev.lockstep.it.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.it.BreakableCache;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import dev.lockstep.it.cluster.SharedH2;
import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.h2.Driver;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What a server's MicroProfile Health says of a node whose cache and database come and go. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HealthIT {

    private static final String NAME = "probed"; // Payara has /health itself
    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), NAME + "-" + UUID.randomUUID());
    private static final SharedH2 DATABASE = database(0);

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive application() {
        Map<String, String> config = Map.of(
                "lockstep.store.url", DATABASE.url(),
                "lockstep.cache", "breakable",
                "lockstep.lease", "5s");
        return Deployments.war(NAME, config, BreakableCache.class, BreakingServlet.class, HeardLookUps.class)
                .addAsLibraries(jarOf(Driver.class), jarOf(HikariDataSource.class), jarOf(LoggerFactory.class));
    }

    @Test
    void aNodeIsReadyWhileItHoldsALeaseOrTheStoreAnswers() {
        Health health = Health.ofServer();
        deployer.deploy(NAME);
        try {
            begins(health);
            cacheFails(health);
            databaseGoesAndComesBack(health);
        } finally {
            deployer.undeploy(NAME);
            DATABASE.close();
        }
        await().until(() -> health.isGone("ready", "lockstep"));
    }

    private static void begins(Health health) {
        await().untilAsserted(() -> assertThat(health.number("leaseLeftMillis")).isBetween(1L, 5000L));
        assertThat(health.isReady()).isTrue();
        assertThat(health.text("application")).isEqualTo("/probed");
        assertThat(health.text("cache")).isEqualTo("breakable");
        assertThat(health.text("cacheBreaker")).isEqualTo("closed");
        assertThat(health.number("nodes")).isEqualTo(1);
        assertThat(health.number("logBehind")).isZero();
        assertThat(health.number("pollAgeMillis")).isNotNegative();
        assertThat(health.isUp("started", "lockstep-started")).isTrue();
        assertThat(health.check("live", "lockstep")).isEmpty();
        assertThat(health.check("ready", "ready-deployment.probed.war")).isEmpty();
        assertThat(health.check("started", "started-deployment.probed.war")).isEmpty();
    }

    private static void cacheFails(Health health) {
        assertThat(Http.to(NAME).get("/cache/broken").body()).isEqualTo("20");
        assertThat(health.isReady()).isTrue();
        assertThat(health.text("cacheBreaker")).isEqualTo("read-only");

        Http.to(NAME).get("/cache/mended");
        await().until(() -> health.text("cacheBreaker").equals("closed"));
    }

    private static void databaseGoesAndComesBack(Health health) {
        DATABASE.close();
        assertThat(health.isReady()).isTrue();
        assertThat(health.number("leaseLeftMillis")).isPositive();

        await().until(() -> !health.isReady());
        assertThat(health.number("leaseLeftMillis")).isZero();
        assertThat(health.text("store")).isEqualTo("does not answer");
        assertThat(health.isUp("started", "lockstep-started")).isTrue();

        try (SharedH2 again = database(DATABASE.port())) {
            await().until(() -> health.isReady());
            assertThat(again.port()).isEqualTo(DATABASE.port());
        }
    }

    private static SharedH2 database(int port) {
        try {
            return SharedH2.start(FOLDER, port);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static File jarOf(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
