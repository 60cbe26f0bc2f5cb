package dev.lockstep.it.security;

import dev.lockstep.it.web.WebSocketClient;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a server makes of the caller, as seen over HTTP, in the words of
 * docs/howto/container-security.md.
 *
 * @param application under which it is asked, by root, who is in the group, and by alice, who is
 *     not
 */
record SecurityMeasured(GuardedApplication application) {

    private static final String NAME_AND_GROUPS = "name and groups";
    private static final String NAME = "name";

    /** By the names of the table's rows. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("`CurrentSession`", knownAt("seen/current"));
        all.put("`HttpServletRequest`", knownAt("seen/request"));
        all.put("`SecurityContext` of Jakarta REST", knownAt("seen/rest"));
        all.put("`SecurityContext` of Jakarta Security", knownAt("seen/security"));
        all.put("injected `Principal`", knownAt("seen/injected"));
        all.put("EJB's `SessionContext`", knownAt("seen/ejb"));
        all.put("an asynchronous servlet's other threads: the request", knownAt("asynchronous"));
        all.put("the method that opens an event stream: Jakarta Security", knownAt("seen/events"));
        all.put("a task of a `ManagedExecutorService`: `CurrentSession`", knownAt("seen/task/current"));
        all.put("… Jakarta Security", knownAt("seen/task/security"));
        all.put("… EJB's caller, also in later stages", knownAt("seen/task/ejb", "seen/stage"));
        all.put("a WebSocket: `HandshakeRequest`", toldBySocket("handshake"));
        all.put("… `Session.getUserPrincipal()`", toldBySocket("principal"));
        all.put("… its messages: Jakarta Security", toldBySocket("security"));
        all.put("`@RolesAllowed` on a Jakarta REST resource", admittedAt("admin", "reports"));
        all.put("… on a class that one extends", admittedAt("inherited"));
        all.put("`@DenyAll` on one", admittedAt("denied"));
        all.put("`@RolesAllowed` on an EJB", admittedAt("ejb"));
        all.put("`@RunAs` on an EJB that calls it", admittedAt("runas"));
        all.put("`@RolesAllowed` on a bean of CDI", admittedAt("bean"));
        all.put("… called by a task of a `ManagedExecutorService`", admittedAt("seen/task/bean"));
        all.put("… called by a message of a WebSocket", admittedBySocket());
        all.put("`<security-constraint>`", admittedAt("constrained/x"));
        all.put("`@ServletSecurity`", admittedAt("annotated", "../annotated"));
        return all;
    }

    private String knownAt(String... paths) {
        return same(
                paths,
                path -> known(
                        ask(application.root(), path).body(),
                        ask(application.alice(), path).body()));
    }

    private String toldBySocket(String asked) {
        return known(askSocket(application.root(), asked), askSocket(application.alice(), asked));
    }

    private static String known(String root, String alice) {
        return switch (seen(root) + ", " + seen(alice)) {
            case "root true, alice false" -> NAME_AND_GROUPS;
            case "root false, alice false", "root, alice" -> NAME;
            case "anonymous false, anonymous false", "none false, none false", "anonymous, anonymous", "none, none" ->
                "nobody";
            default -> root + ", " + alice;
        };
    }

    /** Without what surrounds an event of a stream. */
    private static String seen(String told) {
        return told.replace("data: ", "").strip();
    }

    private String admittedAt(String... paths) {
        return same(
                paths, path -> admitted(shown(ask(application.root(), path)), shown(ask(application.alice(), path))));
    }

    private String admittedBySocket() {
        return admitted(shown(askSocket(application.root(), "bean")), shown(askSocket(application.alice(), "bean")));
    }

    private static String admitted(String root, String alice) {
        if (!root.equals(alice)) {
            return root.equals("let in") && alice.startsWith("refused") ? "by groups" : root + ", " + alice;
        }
        return switch (root) {
            case "let in" -> "lets everybody in";
            case "refused" -> "refuses everybody";
            default -> "refuses everybody (" + root.replace("refused ", "") + ")";
        };
    }

    /** By a status, or by an exception that the application got. */
    private static String shown(HttpResponse<String> response) {
        return response.statusCode() == 200 ? shown(response.body()) : "refused " + response.statusCode();
    }

    private static String shown(String body) {
        return body.equals("denied") ? "refused" : "let in";
    }

    private static String same(String[] paths, Function<String, String> measure) {
        String first = measure.apply(paths[0]);
        for (String path : paths) {
            String other = measure.apply(path);
            if (!other.equals(first)) {
                return first + " (" + paths[0] + "), " + other + " (" + path + ")";
            }
        }
        return first;
    }

    private HttpResponse<String> ask(String token, String path) {
        return application.as(token, path.startsWith("../") ? path.substring(3) : "api/" + path);
    }

    private String askSocket(String token, String asked) {
        try (WebSocketClient socket = application.socket(token)) {
            return socket.ask(asked);
        }
    }
}
