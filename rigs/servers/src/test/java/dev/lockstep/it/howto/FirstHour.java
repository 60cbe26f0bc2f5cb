package dev.lockstep.it.howto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a new user meets with the README's application on a server that was set up by its how-to, on
 * a real PostgreSQL. A subclass starts the server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FirstHour {

    private static final Duration RECOVERY = Duration.ofMinutes(1);
    private static final Class<?>[] JSON = {
        JsonResource.class, JsonResource.Rest.class, JsonResource.Order.class, JsonResource.Item.class
    };

    /**
     * What a node reads by itself, it reads once a minute: longer than a request may take here.
     * That people are users is enough to see the status.
     */
    private static final String SELDOM = """
            lockstep.lease=1m
            lockstep.poll=1m
            lockstep.endpoints.path=/lockstep
            lockstep.endpoints.admin=user
            """;

    private static final List<String> NODES = List.of("poked-here", "poked-there");
    private static final int LOGOUTS = 20;

    private SessionsDatabase database;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        database = SessionsDatabase.start(directory);
        start(directory, database);
    }

    @AfterAll
    void stop() throws Exception {
        try (AutoCloseable last = database) {
            stopServer();
        }
    }

    final SessionsDatabase database() {
        return database;
    }

    /** Starts the server and waits until it has deployed its applications. */
    abstract void start(Path directory, SessionsDatabase database) throws Exception;

    abstract void stopServer() throws Exception;

    /**
     * The applications with a pool each, one of them as the how-to defines it, another that never
     * looks at a connection.
     */
    abstract List<String> shops();

    abstract int port();

    @Test
    void theReadmesApplicationLogsInAndOut() throws Exception {
        Shop.runCommands(port(), "shop");
    }

    @Test
    void everyPoolRecoversFromARestartOfTheDatabase() throws Exception {
        Map<Customer, String> tokens = new HashMap<>();
        for (String shop : shops()) {
            Customer customer = new Customer(Http.at(port(), shop));
            customer.crowd();
            tokens.put(customer, customer.logIn());
        }
        database.restart();
        tokens.forEach((customer, token) ->
                Awaitility.await(customer.toString()).atMost(RECOVERY).until(() -> customer.isServed(token)));
    }

    @Test
    void everybodyIsLoggedOutByThePrintedStatements() throws Exception {
        Customer customer = new Customer(Http.at(port(), "shop"));
        String token = customer.logIn();
        assertThat(customer.isServed(token)).isTrue();

        database.logEverybodyOut();

        Awaitility.await().until(() -> customer.isLoggedOut(token));
    }

    /** With no setting for it. Without pokes each of the logouts would wait for a poll. */
    @Test
    void theNodesTellEachOtherOfLogoutsByTheDatabase() {
        Customer here = new Customer(Http.at(port(), NODES.get(0)));
        Customer there = new Customer(Http.at(port(), NODES.get(1)));
        Awaitility.await().atMost(RECOVERY).untilAsserted(() -> {
            assertPoked(here);
            assertPoked(there);
        });
        for (int i = 0; i < LOGOUTS; i++) {
            String token = here.logIn();
            assertThat(there.isLoggedOut(token)).isFalse();

            here.logOut(token);

            assertThat(there.isLoggedOut(token)).isTrue();
        }
        assertThat(here.status().getInt("nodes")).isEqualTo(NODES.size());
        assertPoked(here);
        assertPoked(there);
    }

    private static void assertPoked(Customer customer) {
        JsonObject status = customer.status();
        assertThat(status.getJsonObject("channel").getString("name")).isEqualTo("postgresql");
        assertThat(status.getJsonObject("channel").getBoolean("up")).isTrue();
        assertThat(status.getJsonObject("revocations")).doesNotContainKey("waitedOut");
    }

    /** No library that Lockstep brings changes what an application answers. */
    @Test
    void theDependencyLeavesTheApplicationsJsonAlone() {
        String alone = Http.at(port(), "json").get("/api/order").body();
        assertThat(alone).contains("\"placed\":\"2026-02-03\"").doesNotContain("secret");
        assertThat(Http.at(port(), "json-lockstep").get("/api/order").body()).isEqualTo(alone);
    }

    /**
     * One of two nodes.
     *
     * @param here which
     * @param settings of its pool
     */
    static WebArchive poked(boolean here, String settings) throws Exception {
        return Shop.war(NODES.get(here ? 0 : 1), settings + SELDOM);
    }

    /** The application of the JSON without Lockstep, and with it. */
    static List<WebArchive> json(String settings) {
        return List.of(
                Deployments.plainWar("json", JSON),
                Deployments.withLockstep(Deployments.plainWar("json-lockstep", JSON), settings));
    }

    /** The settings that a how-to prints, for an application and a pool of other names. */
    static String settings(Block printed, String application, String pool) {
        return printed.text().replace("=shop", "=" + application).replaceFirst("Sessions|sessions", pool);
    }
}
