package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheName;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.cache.seal.SealedCopies;
import dev.lockstep.config.PrefixedSettings;
import dev.lockstep.config.Problems;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.docs.Block;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.revocation.RevocationSettings;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.SessionStore;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a deployment has the application's key from, and what it does without one. */
class KeySourceTest {

    private static final String SECRET =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final String ANOTHER_SECRET =
            Base64.getEncoder().encodeToString("another abcdef0123456789abcdef01".getBytes(StandardCharsets.UTF_8));
    private static final Block PRINTED = Block.printed("docs/howto/key.md", "properties", 1);
    private static final Map<String, String> MINE = Map.of("lockstep.cache", "mine");
    private static final Map<String, String> MINE_WITH_KEY = Map.of("lockstep.cache", "mine", "lockstep.key", SECRET);

    @Test
    void nodesOfOneDatabaseHaveOneKey() {
        Map<String, String> shared = Map.of(
                "lockstep.application",
                "/shop",
                "lockstep.store.url",
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (SeApplication first = SeApplication.start(shared);
                SeApplication second = SeApplication.start(shared)) {
            assertThat(version(first)).isEqualTo(version(second));
            assertThat(first.deployment().key().isReplaceable()).isTrue();
        }
    }

    @Test
    void withoutAKeyNoCopyLeavesTheJvmAndALineSaysSo() {
        try (CapturedLog log = new CapturedLog(OpenCaches.class.getName());
                SeApplication application = SeApplication.start(MINE, Keyless.class, Mine.class)) {
            Mine.PUTS.set(0);
            application.get(SessionManager.class).open("alice", Set.of());

            assertThat(Mine.PUTS).hasValue(0);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0526 The cache mine is not used")
                    .contains("lockstep.key");
        }
    }

    @Test
    void aStoreWithoutAKeyHasTheOneThatIsConfigured() {
        try (CapturedLog log = new CapturedLog(OpenCaches.class.getName());
                SeApplication application = SeApplication.start(MINE_WITH_KEY, Keyless.class, Mine.class)) {
            Mine.PUTS.set(0);
            application.get(SessionManager.class).open("alice", Set.of());

            assertThat(Mine.PUTS).hasValue(1);
            assertThat(log.messages()).isEmpty();
            assertThat(application.deployment().key().isReplaceable()).isFalse();
        }
    }

    @Test
    void theKeyIsConfiguredAsItIsPrinted() {
        String[] printed = PRINTED.text().strip().split("=", 2);
        Map<String, String> properties = Map.of(printed[0], printed[1], "SHOP_KEY", SECRET);
        try (SeApplication application = SeApplication.start(properties, Keyless.class)) {
            assertThat(version(application)).hasSize(1);
        }
    }

    @Test
    void aStoreOfTheApplicationMayKeepTheKey() {
        try (SeApplication application = SeApplication.start(MINE, Keeping.class, Mine.class)) {
            assertThat(version(application))
                    .containsExactly(
                            Keeping.STORE.keyRing(Duration.ofDays(1)).inForce().number());
        }
    }

    @Test
    void nodesWithDifferentKeysMissEachOthersCopiesAndAreToldWhatToCompare(@TempDir Path folder) {
        Map<String, String> shared = Map.of(
                "lockstep.application", "/shop",
                "lockstep.near", "false",
                "lockstep.cache", "database",
                "lockstep.database.url", "jdbc:sqlite:" + folder.resolve("cache.db"));
        try (CapturedLog log = new CapturedLog(SealedCopies.class.getName());
                SeApplication first = SeApplication.start(with(shared, SECRET), SharedKeyless.class);
                SeApplication second = SeApplication.start(with(shared, ANOTHER_SECRET), SharedKeyless.class)) {
            SessionToken token =
                    first.get(SessionManager.class).open("alice", Set.of()).token();
            await().until(() -> {
                assertThat(first.get(SessionManager.class).find(token)).isPresent();
                assertThat(second.get(SessionManager.class).find(token)).isPresent();
                return !log.messages().isEmpty();
            });
            assertThat(log.messages().get(0))
                    .startsWith("LOCKSTEP-0329 ")
                    .contains("compare lockstep.key on all nodes", "reason=UNKNOWN_KEY")
                    .doesNotContain(SECRET, ANOTHER_SECRET);
        }
    }

    /** Wherever it is from: by then no session is left that was there before it. */
    @Test
    void aKeyCoversEverySessionWhenItIsOlderThanOneBecomesAndADay() {
        HandClock clock = new HandClock();
        NaiveStore store = new NaiveStore(clock::wallMillis);
        Map<String, String> timeout = Map.of("lockstep.session.absolute-timeout", "2h");
        ApplicationKey kept = KeySource.of(
                "/shop",
                only(store, SessionStore.class, RevocationLog.class, KeyRingStore.class),
                settings(timeout),
                Runnable::run,
                clock);
        kept.start();
        ApplicationKey configured = KeySource.of(
                "/shop",
                only(store, SessionStore.class, RevocationLog.class),
                settings(with(timeout, SECRET)),
                Runnable::run,
                clock);

        clock.advance(Duration.ofHours(26).minusMillis(1));
        poll(kept, store, clock);
        assertThat(kept.known().coversEverySession()).isFalse();
        assertThat(configured.known().coversEverySession()).isFalse();

        clock.advance(Duration.ofMillis(1));
        poll(kept, store, clock);
        assertThat(kept.known().coversEverySession()).isTrue();
        assertThat(configured.known().coversEverySession()).isTrue();
    }

    private static void poll(ApplicationKey key, NaiveStore store, HandClock clock) {
        LogPage page = store.poll("none", store.nodes().head(), 1);
        key.polled(page.keyVersion(), page.storeMillis(), clock.nanoTime(), clock.wallMillis());
    }

    private static DeploymentSettings settings(Map<String, String> properties) {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(new HashMap<>(properties), "test", 100))
                .build();
        return DeploymentSettings.read(PrefixedSettings.ofDeployment(config, new Problems()));
    }

    private static Map<String, String> with(Map<String, String> properties, String secret) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("lockstep.key", secret);
        return all;
    }

    /** A node that has stood still for longer may not know the key that others use by now. */
    @Test
    void whatAPollToldOfTheKeyIsBelievedForNoLongerThanTheLeaseThatItBegins() {
        Duration lease = Duration.ofSeconds(4);
        Duration poll = Duration.ofMillis(500);
        assertThat(KeySource.reliance(RevocationSettings.of("node", lease, poll, poll)))
                .isEqualTo(lease);
        assertThat(KeySource.reliance(RevocationSettings.of("node", Duration.ZERO, poll, poll)))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void twoKeysAreOneTooMany() {
        assertThatThrownBy(() ->
                        SeApplication.start(Map.of("lockstep.key", SECRET)).close())
                .hasMessageContaining(
                        "LOCKSTEP-0001 lockstep.key is \"not shown\"; accepted: nothing, as the store keeps the")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> SeApplication.start(MINE_WITH_KEY, Keeping.class, Mine.class)
                        .close())
                .hasStackTraceContaining("LOCKSTEP-0017 lockstep.key is set, but")
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain(SECRET));
    }

    /** Too short, no base64, an element that is empty, an expression. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2VjcmV0",
                "a secret!",
                "c2VjcmV0,",
                "c2VjcmV0${undefined}",
                "c2VjcmV0,c2VjcmV0",
            })
    void whatIsWrongWithASecretIsToldWithoutIt(String value) {
        assertThatThrownBy(() -> SeApplication.start(
                                Map.of("lockstep.cache", "mine", "lockstep.key", value), Keyless.class, Mine.class)
                        .close())
                .hasMessageContaining("lockstep.key")
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("c2VjcmV0").doesNotContain("a secret!");
                    }
                });
    }

    @Test
    void whatIsWrongWithASecretOfAListIsToldWithoutIt() {
        assertThatThrownBy(() -> SeApplication.start(
                                Map.of("lockstep.key[0]", "c2VjcmV0", "lockstep.key[1]", "c2VjcmV0${undefined}"),
                                Keyless.class)
                        .close())
                .hasMessageContaining("lockstep.key")
                .hasMessageNotContaining("c2VjcmV0");
    }

    private static List<Long> version(SeApplication application) {
        return application.deployment().key().all(KeyPurpose.COPY).stream()
                .map(DerivedKey::version)
                .toList();
    }

    private static SessionStore only(NaiveStore store, Class<?>... interfaces) {
        return (SessionStore) Proxy.newProxyInstance(
                KeySourceTest.class.getClassLoader(), interfaces, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ApplicationScoped
    public static class Keyless {

        @Produces
        @Singleton
        SessionStore store() {
            return only(new NaiveStore(System::currentTimeMillis), SessionStore.class, RevocationLog.class);
        }
    }

    /** Of several nodes. */
    @ApplicationScoped
    public static class SharedKeyless {

        static final NaiveStore STORE = new NaiveStore(System::currentTimeMillis);

        @Produces
        @Singleton
        SessionStore store() {
            return only(STORE, SessionStore.class, RevocationLog.class);
        }
    }

    @ApplicationScoped
    public static class Keeping {

        static final NaiveStore STORE = new NaiveStore(System::currentTimeMillis);

        @Produces
        @Singleton
        SessionStore store() {
            return only(STORE, SessionStore.class, RevocationLog.class, KeyRingStore.class);
        }
    }

    @ApplicationScoped
    @CacheName("mine")
    static class Mine extends NaiveCache {

        static final AtomicInteger PUTS = new AtomicInteger();

        @Override
        public void put(SessionCopy copy, Duration timeToLive) {
            PUTS.incrementAndGet();
        }
    }
}
