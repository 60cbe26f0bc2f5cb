package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.CurrentSession;
import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.cdi.SessionContextProvider;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose session the tasks of a pool's one thread see. */
class TakenIdentityTest {

    private final CurrentSession current = new DispatchedSession();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final Identity alice = identity("alice");

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void aTaskSeesTheSessionOfWhoeverSubmittedItAndTheNextTaskNone() throws Exception {
        TakenIdentity taken = takenBy(alice);

        assertThat(seenWith(taken)).isEqualTo("alice");
        assertThat(pool.submit(this::seen).get()).isEqualTo("none");
    }

    @Test
    void whoHasNoSessionGivesNone() throws Exception {
        assertThat(seenWith(TakenIdentity.ofCaller())).isEqualTo("none");
    }

    /** A caller-runs pool runs it on the thread of another request. */
    @Test
    void aTaskThatIsToSeeNoneSeesNoneOnTheThreadOfARequestWhichThenHasItsOwnAgain() {
        Identity outer = Identity.enter(alice);
        try {
            Runnable end = TakenIdentity.NONE.enter();
            assertThat(seen()).isEqualTo("none");
            end.run();
            assertThat(seen()).isEqualTo("alice");

            end = takenBy(identity("bob")).enter();
            assertThat(seen()).isEqualTo("bob");
            end.run();
            assertThat(seen()).isEqualTo("alice");
        } finally {
            Identity.leave(outer);
        }
        assertThat(seen()).isEqualTo("none");
    }

    /** A pool, whose thread lives on, may need it for the task of any request. */
    @Test
    void aThreadOfAManagedFactoryIsMadeWithoutTheSessionOfWhoeverNeedsIt() throws Exception {
        ThreadContextProvider provider = new SessionContextProvider();
        Identity outer = Identity.enter(alice);
        try {
            assertThat(seenWith(provider.currentContext(Map.of()))).isEqualTo("alice");
            assertThat(seenWith(provider.clearedContext(Map.of()))).isEqualTo("none");

            AtomicReference<ThreadContextSnapshot> ofThread = new AtomicReference<>();
            new TakingFactory(() -> ofThread.set(provider.currentContext(Map.of()))).newThread(() -> {});
            assertThat(seenWith(ofThread.get())).isEqualTo("none");
        } finally {
            Identity.leave(outer);
        }
    }

    @Test
    void aLogoutOfTheRequestIsOneOfItsTasks() throws Exception {
        TakenIdentity taken = takenBy(alice);

        alice.logOut();

        assertThat(seenWith(taken)).isEqualTo("none");
    }

    /** As servers do it: the context is taken down where a thread is made. */
    private record TakingFactory(Runnable taking) implements ManagedThreadFactory {

        @Override
        public Thread newThread(Runnable task) {
            taking.run();
            return new Thread(task);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            throw new UnsupportedOperationException();
        }
    }

    private String seenWith(ThreadContextSnapshot snapshot) throws Exception {
        return pool.submit(() -> {
                    ThreadContextRestorer end = snapshot.begin();
                    try {
                        return seen();
                    } finally {
                        end.endContext();
                    }
                })
                .get();
    }

    private static TakenIdentity takenBy(Identity identity) {
        Identity outer = Identity.enter(identity);
        try {
            return TakenIdentity.ofCaller();
        } finally {
            Identity.leave(outer);
        }
    }

    private String seenWith(TakenIdentity taken) throws Exception {
        return pool.submit(() -> {
                    Runnable end = taken.enter();
                    try {
                        return seen();
                    } finally {
                        end.run();
                    }
                })
                .get();
    }

    private String seen() {
        return current.session().map(Session::principal).orElse("none");
    }

    private static Identity identity(String principal) {
        Instant now = Instant.now();
        Duration life = Duration.ofHours(1);
        Session session = new Session("id", principal, Set.of(), Map.of(), now, now, now.plus(life), life);
        return new Identity(session, SessionToken.of("token of " + principal));
    }
}
