package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionOpened;
import dev.lockstep.SessionRevoked;
import dev.lockstep.SessionRotated;
import dev.lockstep.TokenRefused;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Startup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest {

    private final String url = "jdbc:h2:mem:events" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";

    @BeforeEach
    void forget() {
        Observer.EVENTS.clear();
    }

    @Test
    void whatHappensToASessionIsTold() {
        try (SeApplication application = start(Observer.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            IssuedToken rotated = sessions.rotate(issued.token()).orElseThrow();
            sessions.revoke(rotated.token());

            await().untilAsserted(() -> assertThat(Observer.EVENTS)
                    .hasExactlyElementsOfTypes(SessionOpened.class, SessionRotated.class, SessionRevoked.class));
            SessionRevoked revoked = (SessionRevoked) Observer.EVENTS.get(2);
            assertThat(revoked.sessionId()).isEqualTo(issued.session().id());
            assertThat(revoked.principal()).isEqualTo("alice");
        }
    }

    @Test
    void beansThatListenToTheNodeHearOfItsStoreItsCacheAndItsLease() {
        Listener.HEARD.clear();
        try (SeApplication application = start(Listener.class, FailingListener.class)) {
            application.get(SessionManager.class).open("alice", Set.of());

            await().untilAsserted(() -> assertThat(Listener.HEARD)
                    .contains("lease", "queue reads", "queue logins", "queue feed", "call register", "stored NEAR"));
        }
    }

    @Test
    void aRequestThatIsRefusedIsToldToObserversAndToListeners() {
        Listener.HEARD.clear();
        try (SeApplication application = start(Listener.class, Observer.class)) {
            application.get(SessionManager.class).open("alice", Set.of());
            TokenRefused refusal = new TokenRefused(TokenRefused.Reason.INVALID_TOKEN, "/api");

            new CdiWebServices().refused(refusal);

            assertThat(Listener.HEARD).contains("refused INVALID_TOKEN");
            assertThat(Observer.EVENTS).contains(refusal);
        }
    }

    @Test
    void anotherNodesObserversAreToldOnce() {
        try (SeApplication here = start(Observer.class)) {
            assertThat(here.get(SessionManager.class)).isNotNull();
            try (SeApplication there = start()) {
                SessionManager sessions = there.get(SessionManager.class);
                IssuedToken issued = sessions.open("alice", Set.of());

                sessions.revoke(issued.token());
                sessions.revoke(issued.token());

                await().untilAsserted(
                                () -> assertThat(Observer.EVENTS).hasExactlyElementsOfTypes(SessionRevoked.class));
                await().during(Duration.ofMillis(600)).until(() -> Observer.EVENTS.size() == 1);
            }
        }
    }

    @Test
    void anObserverThatFailsStopsNothing() {
        try (SeApplication application = start(Failing.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());

            sessions.revoke(issued.token());

            assertThat(sessions.find(issued.token())).isEmpty();
        }
    }

    @Test
    void noEndOfASessionIsLostHoweverSlowItsObserversAre() {
        int sessions = CdiEvents.MAX_WAITING + 2_000;
        try (CapturedLog log = new CapturedLog(CdiEvents.class.getName());
                SeApplication application = start(Slow.class)) {
            Slow.prepare();
            CdiEvents events = application.deployment().events();
            for (int i = 0; i < sessions; i++) {
                events.fireLater(revoked());
            }
            Slow.GATE.countDown();

            await().untilAsserted(() -> assertThat(Slow.SYNC).hasValue(sessions));
            await().untilAsserted(() -> assertThat(Slow.ASYNC).hasValue(sessions));
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0502");
        }
    }

    @Test
    void whatAnybodyMayCauseDoesNotFillTheMemory() {
        try (SeApplication application = start(Slow.class)) {
            Slow.prepare();
            CdiEvents events = application.deployment().events();
            for (int i = 0; i < CdiEvents.MAX_WAITING + 2_000; i++) {
                events.fire(new TokenRefused(TokenRefused.Reason.INVALID_TOKEN, "/api"));
            }
            events.fireLater(revoked());
            Slow.GATE.countDown();

            await().untilAsserted(() -> assertThat(Slow.ASYNC).hasValue(1));
            assertThat(Slow.REFUSED.get()).isBetween(CdiEvents.MAX_WAITING, CdiEvents.MAX_WAITING + 1);
        }
    }

    @Test
    void asynchronousObserversAreToldOnceOnAnotherThread() {
        try (SeApplication application = start(AsyncObserver.class)) {
            AsyncObserver.EVENTS.clear();
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            IssuedToken rotated = sessions.rotate(issued.token()).orElseThrow();
            sessions.revoke(rotated.token());

            await().untilAsserted(() -> assertThat(AsyncObserver.EVENTS)
                    .hasExactlyElementsOfTypes(SessionOpened.class, SessionRotated.class, SessionRevoked.class));
            assertThat(AsyncObserver.THREADS).doesNotContain(Thread.currentThread());
        }
    }

    @Test
    void whatAsynchronousObserversThrowIsLoggedOnce() {
        try (CapturedLog log = new CapturedLog(CdiEvents.class.getName());
                SeApplication application = start(Failing.class)) {
            SessionManager sessions = application.get(SessionManager.class);
            sessions.open("alice", Set.of());
            sessions.open("bob", Set.of());

            await().untilAsserted(() -> assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("LOCKSTEP-0501 An observer of SessionOpened"));
        }
    }

    @Test
    void fromTheStartupEventOnSessionsCanBeOpened() {
        try (SeApplication application = start(Starting.class)) {
            assertThat(application.get(SessionManager.class).list("started")).hasSize(1);
        }
    }

    private static SessionRevoked revoked() {
        return new SessionRevoked("id", "alice", Instant.EPOCH, Duration.ZERO);
    }

    private SeApplication start(Class<?>... beans) {
        return SeApplication.start(Map.of("lockstep.store.url", url, "lockstep.lease", "400ms"), beans);
    }

    @ApplicationScoped
    static class Observer {

        static final List<Object> EVENTS = new CopyOnWriteArrayList<>();

        void opened(@Observes SessionOpened event) {
            EVENTS.add(event);
        }

        void rotated(@Observes SessionRotated event) {
            EVENTS.add(event);
        }

        void revoked(@Observes SessionRevoked event) {
            EVENTS.add(event);
        }

        void refused(@Observes TokenRefused event) {
            EVENTS.add(event);
        }
    }

    @ApplicationScoped
    static class Failing {

        void opened(@Observes SessionOpened event) {
            throw new IllegalStateException("an observer of a test");
        }

        void openedAsync(@ObservesAsync SessionOpened event) {
            throw new IllegalStateException("an asynchronous observer of a test");
        }

        void revoked(@Observes SessionRevoked event) {
            throw new IllegalStateException("an observer of a test");
        }
    }

    @ApplicationScoped
    static class AsyncObserver {

        static final List<Object> EVENTS = new CopyOnWriteArrayList<>();
        static final List<Thread> THREADS = new CopyOnWriteArrayList<>();

        void opened(@ObservesAsync SessionOpened event) {
            note(event);
        }

        void rotated(@ObservesAsync SessionRotated event) {
            note(event);
        }

        void revoked(@ObservesAsync SessionRevoked event) {
            note(event);
        }

        private static void note(Object event) {
            THREADS.add(Thread.currentThread());
            EVENTS.add(event);
        }
    }

    /** Waits for the gate before it takes the first event. */
    @ApplicationScoped
    static class Slow {

        static CountDownLatch GATE = new CountDownLatch(1);
        static final AtomicInteger SYNC = new AtomicInteger();
        static final AtomicInteger ASYNC = new AtomicInteger();
        static final AtomicInteger REFUSED = new AtomicInteger();

        static void prepare() {
            GATE = new CountDownLatch(1);
            List.of(SYNC, ASYNC, REFUSED).forEach(counter -> counter.set(0));
        }

        void revoked(@Observes SessionRevoked event) throws InterruptedException {
            GATE.await();
            SYNC.incrementAndGet();
        }

        void revokedAsync(@ObservesAsync SessionRevoked event) throws InterruptedException {
            GATE.await();
            ASYNC.incrementAndGet();
        }

        void refused(@ObservesAsync TokenRefused event) throws InterruptedException {
            GATE.await();
            REFUSED.incrementAndGet();
        }
    }

    @ApplicationScoped
    static class Starting {

        void started(@Observes Startup event, SessionManager sessions) {
            sessions.open("started", Set.of());
        }
    }

    @ApplicationScoped
    static class Listener implements NodeListener {

        static final List<String> HEARD = new CopyOnWriteArrayList<>();

        @Override
        public void leaseGranted(Duration remaining) {
            HEARD.add("lease");
        }

        @Override
        public void storeDequeued(String queue, Duration waited, QueueExit how) {
            HEARD.add("queue " + queue);
        }

        @Override
        public void storeCalled(String operation, Duration took, @Nullable Throwable failure) {
            HEARD.add("call " + operation);
        }

        @Override
        public void requestRefused(TokenRefused.Reason reason) {
            HEARD.add("refused " + reason);
        }

        @Override
        public void stored(Source cache) {
            HEARD.add("stored " + cache);
        }
    }

    @ApplicationScoped
    static class FailingListener implements NodeListener {

        @Override
        public void leaseGranted(Duration remaining) {
            throw new IllegalStateException("a listener of a test");
        }

        @Override
        public void storeQueued(String queue) {
            throw new IllegalStateException("a listener of a test");
        }
    }
}
