package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import dev.lockstep.endpoints.routing.JsonTexts;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.web.probe.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application's key, replaced by its administrators. */
class KeyReplacementTest {

    private static final String REPLACE = "/admin/key/replace";
    private static final String REPLACE_LEAKED = "/admin/key/replace-leaked";
    private static final Block PRINTED = Block.printed("docs/howto/key.md", "sh", 1);
    private static final Block PRINTED_LEAKED = Block.printed("docs/howto/key.md", "sh", 2);
    private static final Duration LONG = Duration.ofDays(1);

    private EndpointsSite site;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        SwitchedStore.naive = new NaiveStore(System::currentTimeMillis);
        startWith(SessionStore.class, RevocationLog.class, KeyRingStore.class);
    }

    private void startWith(Class<?>... interfaces) throws Exception {
        SwitchedStore.interfaces = Set.of(interfaces);
        site = new EndpointsSite(EndpointsSite.CONFIG, SwitchedStore.class, ObservedActions.class).start();
        admin = site.open("root", "admin");
        ObservedActions.take();
    }

    @AfterEach
    void stop() throws Exception {
        SwitchedStore.interfaces = Set.of(SessionStore.class, RevocationLog.class, SessionSearch.class);
        site.close();
    }

    @Test
    void theFormerVersionStaysGood() {
        KeyVersion former = inForce();

        Reply reply = post(REPLACE, "shop");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(versions()).hasSize(2).endsWith(former);
        assertThat(JsonTexts.read(reply.body()).getString("version"))
                .isEqualTo(Long.toString(inForce().number()));
    }

    @Test
    void allVersionsAreMarkedThatSomebodyElseMayKnow() {
        post(REPLACE, "shop");

        assertThat(post(REPLACE_LEAKED, "shop").status()).isEqualTo(200);

        assertThat(versions()).extracting(KeyVersion::isLeaked).containsExactly(false, true, true);
    }

    @Test
    void thePrintedCommandsDoIt() throws Exception {
        KeyVersion former = inForce();

        run(PRINTED);
        assertThat(versions()).hasSize(2).endsWith(former);
        run(PRINTED_LEAKED);
        assertThat(versions()).extracting(KeyVersion::isLeaked).containsExactly(false, true, true);
    }

    private void run(Block commands) throws Exception {
        String printed = new Script(commands)
                .replace("http://localhost:8080/shop", "http://127.0.0.1:" + site.port() + "/shop")
                .with("token", admin)
                .run();
        assertThat(printed).contains("\"version\":\"" + inForce().number() + "\"");
    }

    @Test
    void theApplicationsNameIsAskedFor() {
        KeyVersion before = inForce();
        for (String body : List.of("{\"application\":\"bank\"}", "{}", "{\"application\":\"\"}", "")) {
            assertThat(site.post(admin, REPLACE, "application/json", body).status())
                    .as(body)
                    .isIn(400, 409);
        }

        assertThat(versions()).containsExactly(before);
    }

    @Test
    void whereTheStoreKeepsNoKeyThereIsNoneToReplace() throws Exception {
        site.close();
        startWith(SessionStore.class, RevocationLog.class);

        assertThat(post(REPLACE, "shop").status()).isEqualTo(501);
    }

    @Test
    void isAnsweredTryAgainWhileTheStoreIsAway() {
        SwitchedStore.without(
                method -> method.equals("replaceKey"),
                () -> assertThat(post(REPLACE_LEAKED, "shop").status()).isEqualTo(503));
    }

    @Test
    void isToldAndLoggedWithoutTheSecret() {
        try (CapturedLog log = new CapturedLog("")) {
            post(REPLACE, "shop");
            post(REPLACE_LEAKED, "bank");

            assertThat(ObservedActions.take())
                    .containsExactly(
                            "operation=REPLACE_KEY, actor=root, target=shop, outcome=DONE",
                            "operation=REPLACE_LEAKED_KEY, actor=root, target=bank, outcome=FAILED");
            assertThat(log.messages())
                    .anyMatch(line -> line.startsWith("LOCKSTEP-0234 ") && line.contains("application=shop"))
                    .contains("LOCKSTEP-0702 By the endpoints: operation=REPLACE_KEY, actor=root, target=shop,"
                            + " outcome=DONE");
        }
    }

    private Reply post(String path, String application) {
        return site.post(admin, path, "application/json", "{\"application\":\"" + application + "\"}");
    }

    private static KeyVersion inForce() {
        return versions().get(0);
    }

    private static List<KeyVersion> versions() {
        KeyRing key = SwitchedStore.naive.keyRing(LONG);
        return key.versions();
    }
}
