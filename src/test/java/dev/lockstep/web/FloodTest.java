package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.TokenRefused;
import dev.lockstep.TokenRefused.Reason;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.config.WebConfig;
import dev.lockstep.config.WebConfigs;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.session.LayeredCache;
import dev.lockstep.session.SessionEvents;
import dev.lockstep.session.SessionNode;
import dev.lockstep.session.SessionSettings;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.web.probe.ProbeConfig;
import dev.lockstep.web.probe.RawHttp;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood of forged tokens at the filter, with a node of the product behind it. */
class FloodTest {

    private static final int FLOOD = 3_000;
    private static final Set<String> OF_REQUESTS =
            Set.of("open", "find", "findAll", "touch", "touchAll", "revoke", "commitRevocations", "announce", "rotate");

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger storeCalls = new AtomicInteger();
    private final AtomicInteger sharedReads = new AtomicInteger();
    private final NaiveStore store = new NaiveStore();
    private final ApplicationKey key = ApplicationKey.kept(
            "/shop",
            store,
            Duration.ofHours(12),
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Runnable::run,
            NodeClock.SYSTEM);
    private final SessionNode node = new SessionNode(
            "/shop",
            SessionSettings.of(RevocationSettings.of(
                    "node of a test", Duration.ofSeconds(60), Duration.ofMillis(50), Duration.ofSeconds(5))),
            store,
            key,
            new LayeredCache(
                    MemoryCacheProvider.open(ContractContext.of("/shop", scheduler, NodeClock.SYSTEM)),
                    new CountedCache(),
                    Duration.ofMinutes(15),
                    NodeClock.SYSTEM),
            null,
            new NoEvents(),
            NodeClock.SYSTEM,
            Executors.defaultThreadFactory(),
            new NodeListener() {
                @Override
                public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
                    if (OF_REQUESTS.contains(operation)) {
                        storeCalls.incrementAndGet();
                    }
                }
            });

    @AfterEach
    void close() {
        node.close();
        scheduler.shutdownNow();
    }

    @Test
    void costsNoCallOfTheStoreAndNoneOfTheSharedCacheAndLoginsGoOn() throws Exception {
        store.keyRing(Duration.ofHours(12)).destroy();
        store.advance(Duration.ofDays(2));
        key.start();
        node.start();
        await().until(() -> key.known().coversEverySession());
        Services services = new Services();
        try (JettySite site =
                new JettySite().with((classes, context) -> LockstepInitializer.install(services, context))) {
            site.start();
            Random random = new Random(1);
            for (int i = 0; i < FLOOD; i++) {
                String path = i % 2 == 0 ? "/app/api/echo" : "/app/api/confirmed/echo";
                assertThat(status(site, path, forged(random))).isEqualTo(401);
            }
            assertThat(storeCalls).hasValue(0);
            assertThat(sharedReads).hasValue(0);
            assertThat(services.reasons).hasSize(FLOOD).containsOnly(Reason.FORGED_TOKEN);

            String token = node.manager().open("alice", Set.of("user")).token().value();
            assertThat(status(site, "/app/api/echo", token)).isEqualTo(200);
            node.manager().revoke(SessionToken.of(token));
            assertThat(status(site, "/app/api/echo", token)).isEqualTo(401);
            assertThat(services.reasons).last().isEqualTo(Reason.INVALID_TOKEN);
        }
    }

    private static String forged(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return "lks_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int status(JettySite site, String path, String token) {
        return RawHttp.send(site.port(), "GET", path, "Authorization: Bearer " + token)
                .status();
    }

    /** As a deployment's, without CDI. */
    private final class Services implements WebServices {

        final List<Reason> reasons = new CopyOnWriteArrayList<>();
        private final WebConfig config = WebConfigs.of(ProbeConfig.CONFIG);

        @Override
        public WebConfig config() {
            return config;
        }

        @Override
        public void start(String contextPath) {}

        @Override
        public SessionManager sessions() {
            return node.manager();
        }

        @Override
        public boolean isForged(SessionToken token) {
            return node.isForged(token);
        }

        @Override
        public HttpServlet endpoints() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refused(TokenRefused refusal) {
            reasons.add(refusal.reason());
        }
    }

    private final class CountedCache extends NaiveCache {

        @Override
        public @Nullable SessionCopy get(TokenDigest digest) {
            sharedReads.incrementAndGet();
            return super.get(digest);
        }
    }

    private static final class NoEvents implements SessionEvents {

        @Override
        public void fire(Object event) {}

        @Override
        public void fireLater(Object event) {}
    }
}
