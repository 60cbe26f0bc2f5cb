package dev.lockstep.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionToken;
import dev.lockstep.contract.NaiveStore;
import dev.lockstep.endpoints.Description.Operation;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import dev.lockstep.web.probe.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each answer of each operation is caused once, and is what the description says of it. */
class DescribedAnswersTest {

    /** As long as a token is. */
    private static final String NEVER_SEEN = "A".repeat(43);

    private static final Class<?>[] EVERYTHING = {
        SessionStore.class, RevocationLog.class, SessionSearch.class, KeyRingStore.class
    };
    private static final Set<String> ASK_FOR_THE_NAME = Set.of("endEverything", "replaceKey", "replaceLeakedKey");
    private static final String[] GROUPS = {"admin", "gateway"};
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private Description description;
    private EndpointsSite site;

    @Test
    void everyAnswerIsDescribedAndEveryOneThatIsDescribedIsGiven() throws Exception {
        try (EndpointsSite first = deployed("await", EVERYTHING)) {
            description = new Description(first.send("GET", "/openapi.json").body());
            for (Operation operation : description.operations()) {
                succeed(operation);
                if (!operation.isPublic()) {
                    refuse(operation);
                    failWithTheStore(operation);
                }
            }
            refuseWhatIsMalformed();
        }
        try (EndpointsSite async = deployed("async", EVERYTHING)) {
            everyOperation();
        }
        try (EndpointsSite lesser = deployed("await", SessionStore.class)) {
            everyOperation();
        }
        assertThat(description.unseen()).isEmpty();
    }

    private void everyOperation() throws Exception {
        for (Operation operation : description.operations()) {
            succeed(operation);
        }
    }

    /** One that is live, one that is not, one after a node had to be waited out, the last page. */
    private void succeed(Operation operation) throws Exception {
        SwitchedStore.naive.register("ghost " + operation, "ghost", Duration.ofMillis(1));
        String caller = site.open("ada", GROUPS);
        site.open("ada");
        String id =
                site.sessions().find(SessionToken.of(caller)).map(Session::id).orElseThrow();
        check(operation, call(operation, caller, id));
        check(operation, call(operation, site.open("bea", GROUPS), "unknown"));
        site.open("ada");
        if (operation.id().equals("search")) {
            check(operation, site.as(site.open("ada", GROUPS), "GET", "/admin/sessions?limit=1"));
        }
        if (operation.id().equals("listOwn")) {
            String own = site.open("ada", GROUPS);
            IntStream.range(0, 3).forEach(each -> site.open("ada"));
            check(operation, site.as(own, "GET", "/sessions?limit=1"));
        }
        if (Set.of("introspect", "revoke").contains(operation.id())) {
            String token = site.open("cleo", "user");
            check(operation, site.post(site.open("ada", GROUPS), operation.path(), FORM, "token=" + token));
        }
    }

    private void refuse(Operation operation) throws Exception {
        check(operation, call(operation, "unknown", "x"));
        check(operation, call(operation, "a, b", "x"));
        check(operation, site.send(operation.method(), path(operation, "x")));
        check(operation, site.send(operation.method(), path(operation, "x"), "Authorization: Bearer"));
        String token = site.open("eve");
        check(
                operation,
                site.send(
                        operation.method(),
                        path(operation, "x"),
                        "Cookie: __Host-session=" + token,
                        "Sec-Fetch-Site: cross-site"));
        if (operation.id().equals("listOwn")
                || !operation.description().get("tags").get(0).asText().equals("mine")) {
            check(operation, call(operation, token, "x"));
        }
    }

    /** The caller is known from a copy, and then by nobody. */
    private void failWithTheStore(Operation operation) throws Exception {
        String caller = site.open("ada", GROUPS);
        assertThat(site.sessions().find(SessionToken.of(caller))).isPresent();
        List<Reply> replies = new ArrayList<>();
        SwitchedStore.without(method -> !Set.of("poll", "acknowledge").contains(method), () -> {
            replies.add(call(operation, caller, "x"));
            replies.add(call(operation, NEVER_SEEN, "x"));
        });
        for (Reply reply : replies) {
            check(operation, reply);
        }
    }

    private void refuseWhatIsMalformed() throws Exception {
        for (Operation operation : description.operations()) {
            String caller = site.open("ada", GROUPS);
            String path = path(operation, "x");
            switch (operation.id()) {
                case "listOwn", "search", "count" -> check(operation, site.as(caller, "GET", path + "?unknown=1"));
                case "end" -> check(operation, call(operation, caller, NEVER_SEEN));
                case "introspect", "revoke" -> check(operation, site.post(caller, path, FORM, "token=a&token=b"));
                case "endPrincipal", "endEverything", "revokeGlobally", "replaceKey", "replaceLeakedKey" -> {
                    assertThat(description.allows(operation, JSON, "{}")).isFalse();
                    check(operation, site.post(caller, path, JSON, "{}"));
                    check(operation, site.post(caller, path, FORM, "a=b"));
                    check(operation, site.post(caller, path, JSON, " ".repeat(20_000)));
                }
                default -> {}
            }
            if (ASK_FOR_THE_NAME.contains(operation.id())) {
                check(operation, site.post(caller, path, JSON, "{\"application\":\"bank\"}"));
            }
        }
    }

    private Reply call(Operation operation, String token, String id) {
        String body = BODIES.getOrDefault(operation.id(), "");
        String path = path(operation, id);
        if (body.isEmpty()) {
            return site.as(token, operation.method(), path);
        }
        return site.post(token, path, body.startsWith("{") ? JSON : FORM, body);
    }

    private static final Map<String, String> BODIES = Map.of(
            "endPrincipal", "{\"principal\":\"nobody\"}",
            "endEverything", "{\"application\":\"shop\"}",
            "replaceKey", "{\"application\":\"shop\"}",
            "replaceLeakedKey", "{\"application\":\"shop\"}",
            "revokeGlobally", "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"nobody\"}}",
            "introspect", "token=" + NEVER_SEEN,
            "revoke", "token=" + NEVER_SEEN);

    private static String path(Operation operation, String id) {
        return operation.path().replace("{id}", id);
    }

    private void check(Operation operation, Reply reply) throws Exception {
        description.check(operation, reply);
    }

    private EndpointsSite deployed(String logout, Class<?>... interfaces) throws Exception {
        SwitchedStore.naive = new NaiveStore(System::currentTimeMillis);
        SwitchedStore.interfaces = Set.of(interfaces);
        site = new EndpointsSite(
                        EndpointsSite.with(
                                "lockstep.logout",
                                logout,
                                "lockstep.web.cookie",
                                "__Host-session",
                                "lockstep.web.require",
                                "/lockstep/sessions=admin",
                                "lockstep.nodes",
                                "many"),
                        SwitchedStore.class)
                .start();
        return site;
    }
}
