package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.docs.Block;
import dev.lockstep.docs.Compiler;
import dev.lockstep.docs.Example;
import dev.lockstep.spi.RevocationLog;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
        return SeApplication.start(Map.of(), beans.toArray(Class<?>[]::new));
    }
}
