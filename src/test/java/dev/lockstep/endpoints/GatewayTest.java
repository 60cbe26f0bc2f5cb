package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.endpoints.routing.JsonTexts;
import dev.lockstep.web.probe.Reply;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static EndpointsSite site;
    private static String gateway;

    @BeforeAll
    static void start() throws Exception {
        site = new EndpointsSite(EndpointsSite.CONFIG, ObservedActions.class).start();
        gateway = site.open("the gateway", "gateway");
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/introspect", "/oauth/revoke", "/global-token-revocation"})
    void isForTheGroupsThatAreConfigured(String path) {
        assertThat(site.send("POST", path).status()).isEqualTo(401);
        assertThat(site.as(site.open("eve", "admin"), "POST", path).status()).isEqualTo(403);
        assertThat(site.as(gateway, "GET", path).status()).isEqualTo(405);
    }

    @Test
    void tellsWhoseALiveTokenIs() {
        String token = site.open("ada", "b", "a");
        Session session = site.sessions().find(SessionToken.of(token)).orElseThrow();
        Reply reply = site.post(gateway, "/oauth/introspect", FORM, "token=" + token + "&token_type_hint=access_token");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers("Content-Type")).containsExactly("application/json");
        assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
        JsonObject answer = JsonTexts.read(reply.body());
        assertThat(answer.getBoolean("active")).isTrue();
        assertThat(answer.getString("sub")).isEqualTo("ada");
        assertThat(answer.getJsonArray("groups")).hasToString("[\"a\",\"b\"]");
        assertThat(answer.getInt("exp")).isEqualTo((int) session.validUntil().getEpochSecond());
        assertThat(reply.body()).doesNotContain(token);
    }

    @Test
    void tellsNothingOfOthers() {
        String ended = site.open("bea");
        site.sessions().revoke(SessionToken.of(ended));
        for (String token : List.of("unknown", ended, "%20", "%E2%82%AC", "x".repeat(10_000))) {
            Reply reply = site.post(gateway, "/oauth/introspect", FORM, "token=" + token);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"active\":false}");
        }
    }

    @Test
    void endsWhatATokenOpens() {
        String token = site.open("cleo");
        ObservedActions.take();
        Reply reply = site.post(gateway, "/oauth/revoke", FORM, "token_type_hint=refresh_token&token=" + token);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(site.sessions().find(SessionToken.of(token))).isEmpty();
        assertThat(ObservedActions.take()).containsExactly("operation=END_TOKEN, actor=the gateway, outcome=DONE");
        assertThat(site.post(gateway, "/oauth/revoke", FORM, "token=" + token).status())
                .isEqualTo(200);
        assertThat(site.post(gateway, "/oauth/revoke", FORM, "token=unknown").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "token=",
                "token_type_hint=access_token",
                "Token=x",
                "token=SECRET&token=b",
                "token=SECRET&token=SECRET",
                "token=SECRET&t%6Fken=SECRET",
                "token=SECRET%",
                "token=%ff"
            })
    void refusesAnotherForm(String form) {
        for (String path : List.of("/oauth/introspect", "/oauth/revoke")) {
            Reply reply = site.post(gateway, path, FORM, form);
            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(reply.headers("Content-Type")).containsExactly("application/json");
            assertThat(JsonTexts.read(reply.body()).getString("error")).isEqualTo("invalid_request");
            assertThat(reply.body()).doesNotContain("SECRET");
        }
    }

    @Test
    void takesNoTokenFromAnAddress() {
        String token = site.open("dora");
        for (String path : List.of("/oauth/introspect", "/oauth/revoke")) {
            Reply reply = site.post(gateway, path + "?token=" + token, FORM, "");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(site.post(gateway, path + "?token=" + token, FORM, "token=x")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(site.sessions().find(SessionToken.of(token))).isPresent();
    }

    @Test
    void takesFormsAlone() {
        String token = site.open("emma");
        for (String type : List.of("application/json", "text/plain", "multipart/form-data; boundary=x", FORM + "x")) {
            assertThat(site.post(gateway, "/oauth/revoke", type, "token=" + token)
                            .status())
                    .as(type)
                    .isEqualTo(400);
        }
        assertThat(site.sessions().find(SessionToken.of(token))).isPresent();
    }

    @Test
    void endsAllOfASubject() {
        String one = site.open("fay");
        String two = site.open("fay");
        String another = site.open("gina");
        ObservedActions.take();
        Reply reply = subject("{\"sub_id\":{\"format\":\"opaque\",\"id\":\"fay\"}}");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(one))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(two))).isEmpty();
        assertThat(site.sessions().find(SessionToken.of(another))).isPresent();
        assertThat(ObservedActions.take())
                .containsExactly("operation=END_PRINCIPAL, actor=the gateway, target=fay, outcome=DONE");
    }

    @Test
    void aSubjectWithoutSessionsIsNoError() {
        assertThat(subject("{\"sub_id\":{\"format\":\"opaque\",\"id\":\"nobody\"}}")
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"hana\"",
                "null",
                "{\"subject\":{\"format\":\"opaque\",\"id\":\"hana\"}}",
                "{\"sub_id\":\"hana\"}",
                "{\"sub_id\":{\"id\":\"hana\"}}",
                "{\"sub_id\":{\"format\":\"opaque\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":7}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":[\"hana\"]}}",
                "{\"sub_id\":{\"format\":\"email\",\"email\":\"hana\"}}",
                "{\"sub_id\":{\"format\":\"iss_sub\",\"iss\":\"x\",\"sub\":\"hana\"}}",
                "{\"sub_id\":{\"format\":\"aliases\",\"identifiers\":[{\"format\":\"opaque\",\"id\":\"hana\"}]}}",
                "{\"sub_id\":{\"format\":\"OPAQUE\",\"id\":\"hana\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"hana\",\"more\":1}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"hana\"},\"client_id\":\"x\"}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"x\",\"id\":\"hana\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"x\"},\"sub_id\":{\"format\":\"opaque\",\"id\":\"hana\"}}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"hana\"}} {}",
                "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"hana\"}"
            })
    void refusesAnotherSubject(String body) {
        String token = site.open("hana");
        Reply reply = subject(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(site.sessions().find(SessionToken.of(token))).isPresent();
        site.sessions().revokeAll("hana");
    }

    @Test
    void noTokenIsLogged() {
        String token = site.open("ida");
        try (CapturedLog log = new CapturedLog("dev.lockstep")) {
            site.post(gateway, "/oauth/introspect", FORM, "token=" + token);
            site.post(gateway, "/oauth/introspect", FORM, "token=" + token + "&token=" + token);
            site.post(gateway, "/oauth/revoke", FORM, "token=" + token);
            subject("{\"sub_id\":{\"format\":\"opaque\",\"id\":\"" + token + "\"}}");
            assertThat(log.messages()).isNotEmpty().noneMatch(line -> line.contains(token));
            assertThat(ObservedActions.take()).noneMatch(line -> line.contains(token));
        }
    }

    private static Reply subject(String body) {
        return site.post(gateway, "/global-token-revocation", "application/json", body);
    }
}
