package dev.lockstep.chaos.client;

import dev.lockstep.chaos.history.End.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What clients do with several sessions of one principal. Thread-safe; nothing here blocks. */
final class Families {

    private final Calls calls;
    private final Timetable timetable;
    private final Uses uses;
    private final Endings endings;

    Families(Calls calls, Timetable timetable, Uses uses, Endings endings) {
        this.calls = calls;
        this.timetable = timetable;
        this.uses = uses;
        this.endings = endings;
    }

    /** Three sessions: the others ended, then all. */
    void family(String principal) {
        members(principal, 3).thenAccept(members -> {
            if (members.size() == 3) {
                members.forEach(uses::everywhere);
                calls.list(uses.anyNode(), principal, members);
                timetable.later(timetable.pick(500), () -> endOthersThenAll(members));
            } else {
                members.forEach(endings::end);
            }
        });
    }

    private void endOthersThenAll(List<Subject> members) {
        Subject kept = members.get(0);
        endings.once(uses.anyNode(), Order.ofOthers(kept, members.subList(1, 3)))
                .thenAccept(result -> {
                    if (result == Result.RETURNED) {
                        calls.list(uses.anyNode(), kept.principal(), members);
                        uses.everywhere(kept);
                    }
                    timetable.later(timetable.pick(1_000), () -> endAll(kept.principal(), members));
                });
    }

    /**
     * One more is opened while all are being ended: that one may be ended or not, until all are
     * ended once more.
     */
    void joinedWhileEnding(String principal) {
        members(principal, 2).thenAccept(members -> {
            members.forEach(uses::everywhere);
            long began = System.nanoTime();
            CompletableFuture<Optional<Subject>> opening =
                    timetable.pause(timetable.pick(12)).thenCompose(now -> calls.open(uses.anyNode(), principal));
            int ender = uses.anyNode();
            CompletableFuture<Result> ending = timetable
                    .pause(timetable.pick(12))
                    .thenCompose(now -> endings.once(ender, Order.ofAll(principal, members)));
            opening.thenCombine(ending, (opened, result) -> opened).thenAccept(opened -> {
                List<Subject> all = new ArrayList<>(members);
                opened.ifPresent(late -> {
                    calls.mayHaveEnded(late, ender, began);
                    uses.everywhere(late);
                    all.add(late);
                });
                timetable.later(timetable.pick(800), () -> endAll(principal, all));
            });
        });
    }

    /** So many that the log of their ending has several pages; some of them are used. */
    void crowd(String principal, int size) {
        int node = uses.anyNode();
        members(principal, 3)
                .thenCompose(first -> calls.fill(node, principal, size)
                        .thenCompose(filled -> members(principal, 3))
                        .thenApply(last -> {
                            last.addAll(first);
                            return last;
                        }))
                .thenAccept(members -> {
                    members.forEach(calls::isOfCrowd);
                    members.forEach(uses::everywhere);
                    timetable.later(timetable.pick(300), () -> endAll(principal, members));
                });
    }

    private void endAll(String principal, List<Subject> members) {
        endings.untilItReturns(uses.anyNode(), Order.ofAll(principal, List.copyOf(members)));
    }

    private CompletableFuture<List<Subject>> members(String principal, int count) {
        List<Subject> members = new ArrayList<>();
        CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            opened = opened.thenCompose(ignored ->
                    calls.open(uses.anyNode(), principal).thenAccept(subject -> subject.ifPresent(members::add)));
        }
        return opened.thenApply(all -> members);
    }
}
