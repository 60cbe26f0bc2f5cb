package dev.lockstep.chaos.node;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.chaos.agent.WallClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request does. The status is {@code OK}, {@code NO} (unknown: 401) or {@code FAIL} (whatever was thrown: 503).
 * Thread-safe.
 */
final class Requests {

    private static final String OK = "OK";
    private static final String NO = "NO";

    private final Deployment deployment;

    Requests(Deployment deployment) {
        this.deployment = deployment;
    }

    String answer(String request) {
        List<String> words = List.of(request.split(" "));
        try {
            return answer(words.get(0), words.size() > 1 ? words.get(1) : "");
        } catch (Exception | LinkageError e) {
            return "FAIL " + firstWord(e);
        }
    }

    private String answer(String verb, String argument) throws InterruptedException {
        return switch (verb) {
            case "CLOCK" -> done(() -> WallClock.set(Long.parseLong(argument)));
            case "POISON" -> done(() -> Poison.set(argument.equals("on")));
            case "REDEPLOY" -> {
                deployment.redeploy();
                yield OK;
            }
            default -> answer(verb, argument, manager());
        };
    }

    private static String answer(String verb, String argument, SessionManager sessions) {
        return switch (verb) {
            case "HEALTH" -> OK;
            case "OPEN" -> opened(sessions.open(argument, Set.of("user"), Map.of("device", "phone")));
            case "FIND" -> known(sessions.find(SessionToken.of(argument)));
            case "CONFIRM" -> known(sessions.findConfirmed(SessionToken.of(argument)));
            case "LIST" ->
                sessions.list(argument).stream().map(Session::id).collect(Collectors.joining(" ", "OK ", ""));
            case "REVOKE" -> done(() -> sessions.revoke(SessionToken.of(argument)));
            case "REVOKE-ID" -> done(() -> sessions.revokeById(argument));
            case "REVOKE-ALL" -> done(() -> sessions.revokeAll(argument));
            case "REVOKE-OTHERS" -> revokeOthers(sessions, SessionToken.of(argument));
            case "ROTATE" ->
                sessions.rotate(SessionToken.of(argument)).map(Requests::opened).orElse(NO);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private static String revokeOthers(SessionManager sessions, SessionToken token) {
        Optional<Session> kept = sessions.find(token);
        kept.ifPresent(sessions::revokeOthers);
        return kept.isPresent() ? OK : NO;
    }

    private static String opened(IssuedToken issued) {
        return OK + " " + issued.token().value() + " " + issued.session().id();
    }

    private static String known(Optional<Session> found) {
        return found.isPresent() ? OK : NO;
    }

    private static String done(Runnable action) {
        action.run();
        return OK;
    }

    private SessionManager manager() {
        SessionManager deployed = deployment.manager();
        if (deployed == null) {
            throw new IllegalStateException("not deployed");
        }
        return deployed;
    }

    private static String firstWord(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ":" + message.split(" ")[0].replace('\n', ' ');
    }
}
