package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.RevocationsMissed;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.docs.Block;
import dev.lockstep.docs.Compiler;
import dev.lockstep.docs.Example;
import dev.lockstep.spi.RevocationLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beans that the documentation prints, in an application that has what they leave to it. */
public class PrintedBeansTest {

    /** What a page calls yours. */
    private static final String ACCOUNTS = """
            package shop;

            @jakarta.enterprise.context.ApplicationScoped
            public class Bank implements Logins.Accounts {
                @Override
                public boolean isEnabled(String user) {
                    return !user.equals("mallory");
                }
            }
            """;

    private static final String SOCKETS = """
            package shop;

            import dev.lockstep.SessionToken;
            import java.util.function.Predicate;

            @jakarta.enterprise.context.ApplicationScoped
            public class Chats implements Closing.Sockets {
                @jakarta.inject.Inject
                dev.lockstep.cdi.PrintedBeansTest.Told told;

                @Override
                public void close(String sessionId) {
                    told.sessionIds().add(sessionId);
                }

                @Override
                public void closeUnless(Predicate<SessionToken> alive) {
                    told.questions().add(alive);
                }
            }
            """;

    @TempDir
    Path classes;

    @Test
    void theAuditWritesDownWhoIsLoggedInAndOut() throws Exception {
        try (CapturedLog log = new CapturedLog("audit");
                SeApplication application = application(Block.printed("docs/howto/events.md", "java", 1))) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            await().untilAsserted(() -> assertThat(log.messages()).containsExactly("alice is logged in"));

            sessions.revoke(issued.token());

            await().untilAsserted(() ->
                    assertThat(log.messages()).containsExactly("alice is logged in", "alice is logged out"));
        }
    }

    @Test
    void whatASessionHoldsOpenIsClosedWithIt() throws Exception {
        try (SeApplication application = application(Block.printed("docs/howto/events.md", "java", 2), SOCKETS)) {
            SessionManager sessions = application.get(SessionManager.class);
            Told told = application.get(Told.class);
            IssuedToken over = sessions.open("alice", Set.of());
            IssuedToken alive = sessions.open("bob", Set.of());

            sessions.revoke(over.token());
            await().untilAsserted(() ->
                    assertThat(told.sessionIds()).containsExactly(over.session().id()));

            application
                    .container()
                    .getBeanManager()
                    .getEvent()
                    .fire(new RevocationsMissed(Instant.now(), RevocationsMissed.Reason.LOG_TRIMMED));
            assertThat(told.questions()).singleElement().satisfies(question -> {
                assertThat(question.test(alive.token())).isTrue();
                assertThat(question.test(over.token())).isFalse();
            });
        }
    }

    /** An application whose observer of {@code Startup} fails does not start. */
    @Test
    void sessionsCanBeAskedForAtTheStart() throws Exception {
        try (SeApplication application = application(Block.printed("docs/howto/events.md", "java", 3))) {
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    @Test
    void whoeverListensToTheNodeHearsOfLogoutsThatWait() throws Exception {
        try (CapturedLog log = new CapturedLog("logouts");
                SeApplication application = application(Block.printed("docs/howto/events.md", "java", 4))) {
            SessionManager sessions = application.get(SessionManager.class);
            IssuedToken issued = sessions.open("alice", Set.of());
            ((RevocationLog) application.deployment().store()).register("dead", "a dead node", Duration.ofMillis(100));

            sessions.revoke(issued.token());

            await().untilAsserted(() -> assertThat(log.messages()).containsExactly("A logout waited for a dead node"));
        }
    }

    @Test
    void whoIsDisabledWhileLoggingInHasNoSession() throws Exception {
        Block logins = Block.printed("docs/howto/logout-settings.md", "java", 1);
        List<Class<?>> beans = load(logins, ACCOUNTS);
        try (SeApplication application = start(beans)) {
            SessionManager sessions = application.get(SessionManager.class);
            Function<String, IssuedToken> logIn = user -> logIn(application.get(beans.get(0)), user);

            assertThat(sessions.find(logIn.apply("alice").token())).isPresent();
            assertThatThrownBy(() -> logIn.apply("mallory")).hasMessage("The account is disabled");
            assertThat(sessions.list("mallory")).isEmpty();
        }
    }

    private static IssuedToken logIn(Object logins, String user) {
        try {
            return (IssuedToken)
                    logins.getClass().getMethod("logIn", String.class).invoke(logins, user);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private SeApplication application(Block printed, String... yours) throws Exception {
        return start(load(printed, yours));
    }

    private List<Class<?>> load(Block printed, String... yours) throws Exception {
        List<String> sources = new ArrayList<>(List.of(Example.complete(printed.text())));
        sources.addAll(List.of(yours));
        return Compiler.load(classes, sources.toArray(String[]::new));
    }

    private static SeApplication start(List<Class<?>> beans) {
        List<Class<?>> all = new ArrayList<>(beans);
        all.add(Told.class);
        return SeApplication.start(Map.of(), all.toArray(Class<?>[]::new));
    }

    /** What the application was asked to close. */
    @ApplicationScoped
    public static class Told {

        private final List<String> sessionIds = new CopyOnWriteArrayList<>();
        private final List<Predicate<SessionToken>> questions = new CopyOnWriteArrayList<>();

        public List<String> sessionIds() {
            return sessionIds;
        }

        public List<Predicate<SessionToken>> questions() {
            return questions;
        }
    }
}
