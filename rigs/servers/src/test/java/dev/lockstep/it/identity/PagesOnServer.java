package dev.lockstep.it.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.docs.Block;
import dev.lockstep.it.Http;
import dev.lockstep.it.web.Backdoor;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lockstep's own pages on a real server, in a browser that needs no installation. */
abstract class PagesOnServer {

    static final String COOKIE = "__Host-session";

    private static final Block SETTINGS = Block.printed("docs/howto/pages.md", "properties", 1);
    private static final Block ACCOUNT = Block.printed("docs/howto/pages.md", "html", 1);

    private final Backdoor backdoor;

    PagesOnServer(Backdoor backdoor) {
        this.backdoor = backdoor;
    }

    /** These settings, and what the page prints. */
    static Map<String, String> with(Map<String, String> settings) {
        Properties printed = new Properties();
        try {
            printed.load(new StringReader(SETTINGS.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new HashMap<>(settings);
        printed.stringPropertyNames().forEach(name -> all.put(name, printed.getProperty(name)));
        return all;
    }

    @Test
    void oneEndsTheOthersAndThenAll() {
        String here = backdoor.open("dora", "user");
        String elsewhere = backdoor.open("dora", "user");
        try (PageVisitor dora = visitor("en").withCookie(COOKIE, here)) {
            dora.open("lockstep/pages/sessions")
                    .sees("Your open sessions: 2")
                    .sees("This one")
                    .sees("dora");
            dora.clicks("End all others")
                    .sees("End all your sessions but this one?")
                    .confirms("Cancel");
            assertThat(isLive(elsewhere)).isTrue();
            dora.clicks("End all others").confirms("End all others").sees("Your open sessions: 1");
            dora.sees("Ended: true on every node");
            assertThat(isLive(elsewhere)).isFalse();
            assertThat(isLive(here)).isTrue();
            dora.clicks("End all sessions").confirms("End all sessions").sees("Your session has ended");
            assertThat(isLive(here)).isFalse();
        }
    }

    @Test
    void oneEndsASessionByItsButton() {
        String elsewhere = backdoor.open("emil", "user");
        String here = backdoor.open("emil", "user");
        try (PageVisitor emil = visitor("de").withCookie(COOKIE, here)) {
            emil.open("lockstep/pages/sessions").sees("Ihre offenen Sitzungen: 2");
            assertThat(emil.language()).isEqualTo("de");
            emil.clicks("Beenden: Sitzung 1").confirms("Beenden").sees("Ihre offenen Sitzungen: 1");
            assertThat(isLive(elsewhere)).isFalse();
            assertThat(isLive(here)).isTrue();
        }
    }

    @Test
    void whoIsNotLoggedInIsTold() {
        try (PageVisitor nobody = visitor("en")) {
            nobody.open("lockstep/pages/sessions").sees("You are not logged in");
            nobody.open("lockstep/pages/console").sees("You are not logged in");
        }
        try (PageVisitor alice = visitor("en").withCookie(COOKIE, backdoor.open("alice", "user"))) {
            alice.open("lockstep/pages/console").sees("You are not allowed");
        }
    }

    /** As the how-to prints it. */
    @Test
    void aPageOfTheApplicationHandsItsTokenOver() {
        String token = backdoor.open("fred", "user");
        String html = ACCOUNT.text().replace("<script>\n", "<script>\n  let token = '" + token + "';\n");
        try (PageVisitor fred = visitor("en")) {
            fred.open("account", html).sees("Your open sessions: 1").sees("fred");
            assertThat(fred.evaluates("typeof localStorage.length + localStorage.length + sessionStorage.length"))
                    .isEqualTo("number00");
            fred.clicks("End all sessions").confirms("End all sessions").sees("Your session has ended");
            assertThat(fred.evaluates("token === null")).isEqualTo(true);
            assertThat(isLive(token)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<img src=x onerror=alert(1)>",
                "\"><script>window.hurt=1</script>",
                "{title}${7*7}",
                "javascript:alert(1)"
            })
    void whatAUserIsCalledIsTextAndNothingElse(String hostile) {
        String token = backdoor.open(hostile, "admin");
        try (PageVisitor mallory = visitor("en").withCookie(COOKIE, token)) {
            mallory.open("lockstep/pages/sessions").sees(hostile);
            int scripts = mallory.count("script");
            mallory.open("lockstep/pages/console").sees("up to date");
            mallory.types("lockstep-principal", hostile).clicks("Search").sees("Sessions found: 1");
            mallory.sees("End all of " + hostile);
            mallory.clicks("End: " + hostile.replace("'", "")).sees("End this session? (" + hostile + ")");
            assertThat(scripts).isEqualTo(4);
            assertThat(mallory.count("img")).isEqualTo(1);
            assertThat(mallory.hasAny(Set.of("onerror", "onclick", "style", "href='javascript:'")))
                    .isFalse();
            assertThat(mallory.evaluates("typeof window.hurt")).isEqualTo("undefined");
        }
    }

    @Test
    void anAdministratorFindsAndEndsWhatIsOpen() {
        String one = backdoor.open("gustav", "user");
        String other = backdoor.open("gustav", "user");
        try (PageVisitor root = visitor("en").withCookie(COOKIE, backdoor.open("root", "admin"))) {
            root.open("lockstep/pages/console").sees("answers you").sees("up to date");
            root.types("lockstep-principal", "gustav").clicks("Search").sees("Sessions found: 2");
            root.clicks("End: gustav").confirms("End").sees("Sessions found: 1");
            root.clicks("End all of gustav").confirms("End all of gustav").sees("No sessions found");
            assertThat(isLive(one)).isFalse();
            assertThat(isLive(other)).isFalse();
            root.sees("Logouts are quick");
        }
    }

    private PageVisitor visitor(String language) {
        return new PageVisitor(Http.to(backdoor.application()).uri("").toString(), language);
    }

    private boolean isLive(String token) {
        return Http.to(backdoor.application())
                        .get("lockstep/sessions", "Authorization", "Bearer " + token)
                        .statusCode()
                == 200;
    }
}
