package dev.lockstep.chaos.client;

import dev.lockstep.chaos.history.End.Result;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Ends sessions, on any node and in any manner; what did not return is repeated until it does, and
 * then the tokens are tried. Thread-safe; nothing here blocks.
 */
final class Endings {

    private static final int ASYNC_PERCENT = 20;
    private static final int IMPATIENT_PERCENT = 5;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int INTERRUPTED_PERCENT = 8;
    private static final int INTERRUPTED_WITHIN_MILLIS = 400;

    private final Calls calls;
    private final Timetable timetable;
    private final Followers followers;

    Endings(Calls calls, Timetable timetable, Followers followers) {
        this.calls = calls;
        this.timetable = timetable;
        this.followers = followers;
    }

    /** In one way or another; sometimes twice at once. */
    void end(Subject subject) {
        endOnce(subject);
        if (timetable.happens(35)) {
            Order byToken = Order.byToken(subject, List.of(subject));
            timetable.later(timetable.pick(60), () -> untilItReturns(anyNode(), byToken));
        }
    }

    /** In one way or another. */
    void endOnce(Subject subject) {
        List<Subject> doomed = List.of(subject);
        int way = timetable.pick(100);
        untilItReturns(
                anyNode(),
                way < 65
                        ? Order.byToken(subject, doomed)
                        : way < 90 ? Order.byId(subject.id(), doomed) : Order.ofAll(subject.principal(), doomed));
    }

    void untilItReturns(int node, Order order) {
        once(node, order).thenAccept(result -> {
            if (result != Result.RETURNED) {
                timetable.later(timetable.between(200, 1_500), () -> untilItReturns(anyNode(), order.again()));
            }
        });
    }

    /** Ends what an order says, and has its tokens tried if that returned. */
    CompletableFuture<Result> once(int node, Order order) {
        return calls.end(node, manner(), order).thenApply(result -> {
            if (result == Result.RETURNED) {
                followers.follow(order.doomed());
            }
            return result;
        });
    }

    private String manner() {
        if (timetable.happens(ASYNC_PERCENT)) {
            return "ASYNC";
        }
        if (timetable.happens(IMPATIENT_PERCENT)) {
            return "WITHIN-" + timetable.between(1, PATIENCE_MILLIS);
        }
        return timetable.happens(INTERRUPTED_PERCENT)
                ? Integer.toString(timetable.pick(INTERRUPTED_WITHIN_MILLIS))
                : "PLAIN";
    }

    private int anyNode() {
        return timetable.pick(calls.nodes());
    }
}
