package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.CacheName;
import dev.lockstep.CurrentSession;
import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.SessionManager;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.ForwardingStore;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.session.Digests;
import dev.lockstep.spi.SessionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the application brings wins; what it does not bring is added. */
class ApplicationBeansTest {

    @Test
    void theChosenCacheIsInjected() {
        try (SeApplication application = SeApplication.start(Map.of("lockstep.cache", "memory"), Injected.class)) {
            Injected injected = application.get(Injected.class);
            IssuedToken issued = injected.sessions.open("alice", Set.of());
            TokenDigest digest = Digests.of("default", issued.token());

            assertThat(injected.cache.get(digest)).isNotNull();
            assertThat(injected.memory.get(digest)).isNotNull();
            assertThat(injected.none.get(digest)).isNull();
        }
    }

    @Test
    void aCacheOfTheApplicationIsPickedByItsName() {
        try (SeApplication application =
                SeApplication.start(Map.of("lockstep.cache", "mine", "lockstep.near", "false"), MyCache.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            MyCache mine = (MyCache) application
                    .container()
                    .select(Object.class, new CacheNameLiteral("mine"))
                    .get();

            assertThat(sessions.find(issued.token())).isPresent();
            assertThat(mine.size()).isEqualTo(1);
        }
    }

    @Test
    void aCacheThatNobodyHasIsAProblemThatNamesTheApplicationsOwn() {
        assertThatThrownBy(() -> SeApplication.start(Map.of("lockstep.cache", "yours"), MyCache.class)
                        .close())
                .hasMessageContaining("LOCKSTEP-0003")
                .hasMessageContaining("memory, mine, none");
    }

    @Test
    void aStoreOfTheApplicationIsUsedAndAskedEachTime() {
        try (SeApplication application = SeApplication.start(Map.of("lockstep.cache", "memory"), MyStore.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            int before = MyStore.FINDS.get();

            assertThat(sessions.find(issued.token())).isPresent();
            assertThat(sessions.find(issued.token())).isPresent();
            sessions.revoke(issued.token());

            assertThat(sessions.find(issued.token())).isEmpty();
            assertThat(MyStore.FINDS.get() - before).isEqualTo(3);
        }
    }

    @Test
    void theLineAtStartNamesTheApplicationsStore() {
        try (CapturedLog log = new CapturedLog(LockstepDeployment.class.getName());
                SeApplication application = SeApplication.start(Map.of(), MyStore.class)) {
            assertThat(application.get(SessionManager.class)).isNotNull();
            assertThat(log.messages())
                    .anyMatch(message -> message.startsWith("LOCKSTEP-0500")
                            && message.contains("store " + MyStore.class.getName())
                            && !message.contains("jdbc:"));
        }
    }

    @Test
    void outsideOfARequestThereIsNoCurrentSession() {
        try (SeApplication application = SeApplication.start(Map.of())) {
            Instance<CurrentSession> current = application.container().select(CurrentSession.class);

            assertThat(current.isResolvable()).isTrue();
        }
    }

    @Test
    void applicationsThatShareADatabaseDoNotShareSessions() {
        String url = "jdbc:h2:mem:shared" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";
        IssuedToken issued;
        try (SeApplication one =
                SeApplication.start(Map.of("lockstep.store.url", url, "lockstep.application", "one"))) {
            issued = one.get(SessionManager.class).open("alice", Set.of());
        }
        try (SeApplication two =
                SeApplication.start(Map.of("lockstep.store.url", url, "lockstep.application", "two"))) {
            SessionManager sessions = two.get(SessionManager.class);

            assertThat(sessions.find(issued.token())).isEmpty();
            assertThat(sessions.list("alice")).isEmpty();
            sessions.revokeById(issued.session().id());
            sessions.revokeAll("alice");
        }
        try (SeApplication one =
                SeApplication.start(Map.of("lockstep.store.url", url, "lockstep.application", "one"))) {
            assertThat(one.get(SessionManager.class).find(issued.token())).isPresent();
        }
    }

    @Dependent
    static class Injected {
        @Inject
        SessionManager sessions;

        @Inject
        SessionStore store;

        @Inject
        SessionCache cache;

        @Inject
        @CacheName("memory")
        SessionCache memory;

        @Inject
        @CacheName("none")
        SessionCache none;
    }

    @ApplicationScoped
    @CacheName("mine")
    static class MyCache extends NaiveCache {}

    /** A store without a revocation log. */
    @ApplicationScoped
    static class MyStore extends ForwardingStore {

        static final AtomicInteger FINDS = new AtomicInteger();

        @Override
        public @Nullable SessionCopy find(TokenDigest digest) {
            FINDS.incrementAndGet();
            return super.find(digest);
        }
    }
}
