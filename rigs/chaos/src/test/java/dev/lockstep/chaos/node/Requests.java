package dev.lockstep.chaos.node;

import dev.lockstep.IssuedToken;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.chaos.agent.DelayPoint;
import dev.lockstep.chaos.agent.Delays;
import dev.lockstep.chaos.agent.WallClock;
import dev.lockstep.chaos.forge.ForgedMessages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a request does. The status is {@code OK}, {@code NO} (unknown: 401), {@code BREACH} (a call
 * that broke its contract) or {@code FAIL} (whatever was thrown: 503). Sessions are named by
 * identifier and principal. Thread-safe.
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
            return answer(words, words.size() > 1 ? words.get(1) : "");
        } catch (Exception | LinkageError e) {
            return "FAIL " + firstWord(e);
        }
    }

    private String answer(List<String> words, String argument) throws Exception {
        return switch (words.get(0)) {
            case "CLOCK" -> done(() -> WallClock.set(Long.parseLong(argument)));
            case "POISON" -> done(() -> Poison.set(argument.equals("on")));
            case "FORGE-COPIES" -> done(() -> Poison.setForging(argument.equals("on")));
            case "FORGE-MESSAGES" -> done(() -> ForgedMessages.set(argument.equals("on")));
            case "PLACE" ->
                OK + " " + Overheard.place().epoch() + " " + Overheard.place().position();
            case "POLLED" ->
                OK + " " + PolledUpTo.place().epoch() + " " + PolledUpTo.place().position();
            case "REFUSALS" -> OK + " " + RefusalCounts.counts();
            case "HOLD" -> done(() -> Delays.hold(DelayPoint.valueOf(argument)));
            case "RELEASE" -> done(() -> Delays.release(DelayPoint.valueOf(argument)));
            case "REDEPLOY" -> {
                deployment.redeploy();
                yield OK;
            }
            case "END" -> Ending.of(words).answer(manager());
            case "FILL" -> done(() -> fill(manager(), argument, Integer.parseInt(words.get(2))));
            default -> answer(words.get(0), argument, manager());
        };
    }

    private static String answer(String verb, String argument, SessionManager sessions) {
        return switch (verb) {
            case "HEALTH" -> OK;
            case "OPEN" -> opened(sessions.open(argument, Set.of("user"), Map.of("device", "phone")));
            case "FIND" -> known(sessions.find(SessionToken.of(argument)));
            case "FORGED" -> forged(sessions, SessionToken.of(argument));
            case "CONFIRM" -> known(sessions.findConfirmed(SessionToken.of(argument)));
            case "LIST" ->
                sessions.list(argument).stream().map(Requests::name).collect(Collectors.joining(" ", "OK ", ""));
            case "ROTATE" ->
                sessions.rotate(SessionToken.of(argument)).map(Requests::opened).orElse(NO);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    /** Opens many sessions that nobody is going to use. */
    private static void fill(SessionManager sessions, String principal, int count) {
        IntStream.range(0, count).parallel().forEach(number -> sessions.open(principal, Set.of()));
    }

    private static String opened(IssuedToken issued) {
        return OK + " " + name(issued.session()) + " " + issued.token().value();
    }

    private static String known(Optional<Session> found) {
        return found.map(session -> OK + " " + name(session)).orElse(NO);
    }

    /** Of a token that nobody has issued: also whether the node knew that by its tag. */
    private static String forged(SessionManager sessions, SessionToken token) {
        RefusalCounts.forgetAnswer();
        String answer = known(sessions.find(token));
        return answer.equals(NO) && RefusalCounts.answeredByTag() ? NO + " TAG" : answer;
    }

    private static String name(Session session) {
        return session.id() + "/" + session.principal();
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

    static String firstWord(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass().getSimpleName() + ":" + message.split(" ")[0].replace('\n', ' ');
    }
}
