package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.probe.Reply;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says with Lockstep's pages; what they do in a browser others test. */
class PagesTest {

    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    private static EndpointsSite site;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.CONFIG).start();
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "console"})
    void aPageLoadsOnlyWhatIsThereAndRunsNothingOfItsOwn(String page) {
        Reply reply = site.send("GET", "/pages/" + page);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("Content-Type"))
                .singleElement()
                .asString()
                .isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(reply.body()).doesNotContain("{", "style=", "onclick", "<style", "<script>", "http");
        assertThat(LOADED.matcher(reply.body()).results().map(MatchResult::toString))
                .isNotEmpty();
        LOADED.matcher(reply.body())
                .results()
                .forEach(each -> assertThat(
                                site.send("GET", "/pages/" + each.group(1)).status())
                        .as(each.group(1))
                        .isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "console", "lockstep.js", "lockstep.css", "lockstep.svg", "texts.de.json"})
    void everyAnswerForbidsWhatNoPageNeeds(String path) {
        Reply reply = site.send("GET", "/pages/" + path);
        assertThat(reply.headers("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(reply.headers("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(reply.headers("Referrer-Policy")).containsExactly("same-origin");
        assertThat(reply.headers("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de | de",
                "de-AT,en;q=0.5 | de",
                "fr, de;q=0.4 | de",
                "en-GB,de;q=0.9 | en",
                "fr | en",
                "*  | en",
                "de;q=0 | en",
                "de;q=x | en",
                "'' | en",
                "- | en",
                "de, -- | en",
                "\"><script> | en"
            })
    void aPageSpeaksTheReadersLanguage(String accepted, String language) {
        Reply reply = site.send("GET", "/pages/sessions", "Accept-Language: " + accepted);
        assertThat(reply.headers("Content-Language")).containsExactly(language);
        assertThat(reply.headers("Vary")).containsExactly("Accept-Language");
        assertThat(reply.body())
                .contains(
                        "<html lang=\"" + language + "\">", language.equals("de") ? "Ihre Sitzungen" : "Your sessions");
    }

    /** To understand these would take seconds of the server's time. */
    @Test
    void noReaderIsAskedForMoreThanThereIsTimeFor() {
        Reply reply = site.send("GET", "/pages/sessions", "Accept-Language: de" + "-a".repeat(1_000));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("Content-Language")).containsExactly("en");
    }

    @Test
    void aFileIsSentOnceAndAskedForEachTime() {
        Reply first = site.send("GET", "/pages/lockstep.js");
        assertThat(first.headers("Cache-Control")).containsExactly("no-cache");
        String tag = first.headers("ETag").get(0);
        Reply again = site.send("GET", "/pages/lockstep.js", "If-None-Match: " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(site.send("GET", "/pages/sessions.js", "If-None-Match: " + tag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutAdministratorsThereIsNoConsole() throws Exception {
        stop();
        try (EndpointsSite other = new EndpointsSite(EndpointsSite.without("lockstep.endpoints.admin")).start()) {
            assertThat(other.send("GET", "/pages/console").status()).isEqualTo(404);
            assertThat(other.send("GET", "/pages/console.js").status()).isEqualTo(404);
            assertThat(other.send("GET", "/pages/sessions").status()).isEqualTo(200);
        } finally {
            start();
        }
    }
}
