package dev.lockstep.chaos.client;

import java.util.concurrent.CompletableFuture;

/** Uses sessions. Thread-safe; nothing here blocks. */
record Uses(Calls calls, Timetable timetable) {

    int anyNode() {
        return timetable.pick(calls.nodes());
    }

    /** On all nodes; completes with the answers, or after a moment. */
    CompletableFuture<Void> everywhere(Subject subject) {
        CompletableFuture<?>[] uses = new CompletableFuture<?>[calls.nodes()];
        for (int node = 0; node < uses.length; node++) {
            uses[node] = calls.validate(node, subject);
        }
        return CompletableFuture.anyOf(CompletableFuture.allOf(uses), timetable.pause(300))
                .thenAccept(first -> {});
    }
}
