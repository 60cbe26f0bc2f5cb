package dev.lockstep.chaos.node;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.Session;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A request that ends sessions, in any way and manner, and what tokens open as soon as that has
 * returned: {@code END <manner> <way> <argument> <witnesses>}. The answer is
 * {@code OK <micros> <findings>}: for how long the witnesses took after the end had returned, and
 * what each of them found.
 *
 * @param manner {@code PLAIN}, {@code ASYNC}, {@code WITHIN-} and the milliseconds for which the
 *     caller has patience, or those after which the calling thread is interrupted
 * @param way which method
 * @param argument a token, an identifier or a principal
 * @param witnesses tokens to try, and after an {@code @} the ports of other nodes to try them on
 */
record Ending(String manner, String way, String argument, List<String> witnesses) {

    private static final String WITHIN = "WITHIN-";

    static Ending of(List<String> words) {
        return new Ending(words.get(1), words.get(2), words.get(3), words.subList(4, words.size()));
    }

    String answer(SessionManager sessions) throws Exception {
        Optional<Session> kept = way.equals("OTHERS") ? sessions.find(SessionToken.of(argument)) : Optional.empty();
        if (way.equals("OTHERS") && kept.isEmpty()) {
            return "NO";
        }
        try (Witnesses ready = Witnesses.of(witnesses)) {
            if (!isEnded(sessions, kept.orElse(null))) {
                return "BREACH interrupted, and the thread's flag is gone";
            }
            long returned = System.nanoTime();
            List<String> answer = new ArrayList<>(ready.findings(sessions));
            answer.add(0, Long.toString((System.nanoTime() - returned) / 1_000));
            return "OK " + String.join(" ", answer);
        }
    }

    /** Whether the call kept its contract; throws what it throws. */
    private boolean isEnded(SessionManager sessions, @Nullable Session kept) throws Exception {
        switch (manner) {
            case "PLAIN" -> end(sessions, kept);
            case "ASYNC" -> await(begin(sessions, kept));
            default -> {
                if (manner.startsWith(WITHIN)) {
                    long patience = Long.parseLong(manner.substring(WITHIN.length()));
                    end(sessions.within(Duration.ofMillis(patience)), kept);
                    return true;
                }
                return Interruption.after(Long.parseLong(manner)).isKept(() -> end(sessions, kept));
            }
        }
        return true;
    }

    private void end(SessionManager sessions, @Nullable Session kept) {
        switch (way) {
            case "TOKEN" -> sessions.revoke(SessionToken.of(argument));
            case "ID" -> sessions.revokeById(argument);
            case "ALL" -> sessions.revokeAll(argument);
            case "OTHERS" -> sessions.revokeOthers(java.util.Objects.requireNonNull(kept));
            default -> throw new IllegalArgumentException(way);
        }
    }

    private CompletionStage<RevocationOutcome> begin(SessionManager sessions, @Nullable Session kept) {
        return switch (way) {
            case "TOKEN" -> sessions.revokeAsync(SessionToken.of(argument));
            case "ID" -> sessions.revokeByIdAsync(argument);
            case "ALL" -> sessions.revokeAllAsync(argument);
            case "OTHERS" -> sessions.revokeOthersAsync(java.util.Objects.requireNonNull(kept));
            default -> throw new IllegalArgumentException(way);
        };
    }

    private static void await(CompletionStage<RevocationOutcome> stage) throws Exception {
        try {
            stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
