package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.probe.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not read, however it comes. */
class BodiesTest {

    private static final String PATH = "/admin/sessions/end-principal";
    private static final String JSON = "application/json";

    private static EndpointsSite site;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.CONFIG).start();
        admin = site.open("root", "admin");
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @Test
    void oneOfTheRightSizeIsRead() {
        String start = "{\"principal\":\"";
        int room = 16 * 1024 - start.length() - 2;
        assertThat(post(start + "x".repeat(room) + "\"}").status()).isEqualTo(200);
        assertThat(post(start + "x".repeat(room + 1) + "\"}").status()).isEqualTo(413);
    }

    /** Only the announcement is looked at: nobody waits for a body of a terabyte. */
    @Test
    void oneThatIsAnnouncedTooLongIsRefusedAtOnce() {
        Reply reply = site.as(admin, "POST", PATH, "Content-Type: " + JSON, "Content-Length: 1000000000000");
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void oneWithoutALengthIsBoundedToo() {
        Reply reply = site.send(
                "POST",
                PATH,
                "Authorization: Bearer " + admin,
                "Content-Type: " + JSON,
                "Transfer-Encoding: chunked",
                "",
                "4e21",
                "x".repeat(20_001),
                "0");
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void aDeepOneIsRefused() {
        for (String body : List.of(
                "{\"principal\":" + "[".repeat(8_000),
                "{\"principal\":" + "[".repeat(8_000) + "]".repeat(8_000) + "}",
                "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000))) {
            assertThat(post(body).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "{",
                "{\"principal\":\"a\",\"principal\":\"b\"}",
                "{\"principal\":\"a\",\"x\":{\"y\":1,\"y\":2}}",
                "{\"principal\":\"a\"}{\"principal\":\"b\"}",
                "{\"principal\":\"a\",}",
                "{'principal':'a'}",
                "{\"principal\":null}",
                "{\"principal\":1}",
                "{\"principal\":\"\"}",
                "{\"Principal\":\"a\"}",
                "{\"principal\":\"a\",\"limit\":1}",
                "\u00ef\u00bb\u00bf{\"principal\":\"a\"}"
            })
    void anythingButTheOneObjectIsRefused(String body) {
        assertThat(post(body).status()).isEqualTo(400);
    }

    /** Some implementations throw for these what they throw for nothing else. */
    @Test
    void aNumberIsNoText() {
        for (String number : List.of("9".repeat(8_000), "1e999999999", "-1e-999999999", "1." + "1".repeat(8_000))) {
            assertThat(post("{\"principal\":" + number + "}").status()).isEqualTo(400);
        }
    }

    @Test
    void aPrincipalThatNoStoreCanKeepHasNoSessions() {
        for (String principal : List.of("\\u0000", "\\ud800", "\\n", "x".repeat(1_000))) {
            assertThat(post("{\"principal\":\"" + principal + "\"}").status())
                    .as(principal)
                    .isEqualTo(200);
        }
        for (String principal : List.of("%00", "x".repeat(1_000))) {
            assertThat(site.as(admin, "GET", "/admin/sessions?principal=" + principal)
                            .status())
                    .isEqualTo(200);
            assertThat(site.as(admin, "GET", "/admin/sessions/count?principal=" + principal)
                            .body())
                    .isEqualTo("{\"count\":0}");
        }
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThat(post("{\"principal\":\"\u00ff\"}").status()).isEqualTo(400);
        assertThat(post("{\"principal\":\"\u00c3\u00a4\"}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=iso-8859-1",
                "application/json; charset=\"utf-16\"",
                "application/jsonp",
                "application/problem+json",
                "*/*"
            })
    void anotherTypeIsRefused(String type) {
        assertThat(site.post(admin, PATH, type, "{\"principal\":\"a\"}").status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON", "application/json;charset=\"UTF-8\""})
    void theTypeMayBeWrittenInManyWays(String type) {
        assertThat(site.post(admin, PATH, type, "{\"principal\":\"a\"}").status())
                .isEqualTo(200);
    }

    @Test
    void aCompressedOneIsRefused() {
        Reply reply = site.send(
                "POST",
                PATH,
                "Authorization: Bearer " + admin,
                "Content-Type: " + JSON,
                "Content-Encoding: gzip",
                "Content-Length: 17",
                "",
                "{\"principal\":\"a\"}");
        assertThat(reply.status()).isEqualTo(415);
    }

    private static Reply post(String body) {
        return site.post(admin, PATH, JSON, body);
    }
}
