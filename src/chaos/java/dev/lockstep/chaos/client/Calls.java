package dev.lockstep.chaos.client;

import dev.lockstep.chaos.client.NodeClient.Reply;
import dev.lockstep.chaos.history.Birth;
import dev.lockstep.chaos.history.Check;
import dev.lockstep.chaos.history.Check.Answer;
import dev.lockstep.chaos.history.End;
import dev.lockstep.chaos.history.End.Result;
import dev.lockstep.chaos.history.History;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The calls that clients make, each written into the history with its answer. Thread-safe; never blocks. */
public final class Calls {

    /** After this nobody waits for a revocation any more: far longer than any allowance. */
    private static final long SILENCE_SECONDS = 90;

    /** What is not urgent is left out on a node that owes so many answers. */
    private static final int BUSY = 300;

    private static final int OVERLOADED = 600;

    private final List<NodeClient> nodes;
    private final History history;
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger endsUnderWay = new AtomicInteger();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    public Calls(List<NodeClient> nodes, History history) {
        this.nodes = nodes;
        this.history = history;
    }

    int nodes() {
        return nodes.size();
    }

    public boolean hasEndsUnderWay() {
        return endsUnderWay.get() > 0;
    }

    /** How often each kind of failure was answered. */
    public Map<String, AtomicInteger> failures() {
        return failures;
    }

    public CompletableFuture<Optional<Subject>> open(int node, String principal) {
        return nodes.get(node).send("OPEN " + principal).thenApply(reply -> {
            note(reply);
            return reply.is("OK") ? Optional.of(born(reply, sessions.incrementAndGet(), principal)) : Optional.empty();
        });
    }

    /** Always asked: a revocation has just returned. */
    public CompletableFuture<Void> validateNow(int node, Subject subject) {
        return nodes.get(node).underWay() > OVERLOADED ? done() : validate(node, "FIND ", subject);
    }

    /** Asked unless the node is busy. */
    public CompletableFuture<Void> validate(int node, Subject subject) {
        return nodes.get(node).underWay() > BUSY ? done() : validate(node, "FIND ", subject);
    }

    /** Asked unless the node is busy; the node must ask the store. */
    public CompletableFuture<Void> confirm(int node, Subject subject) {
        return nodes.get(node).underWay() > BUSY ? done() : validate(node, "CONFIRM ", subject);
    }

    public CompletableFuture<Void> list(int node, String principal, List<Subject> expected) {
        return nodes.get(node).send("LIST " + principal).thenAccept(reply -> {
            note(reply);
            for (Subject subject : expected) {
                Answer answer = reply.is("OK") ? listed(reply, subject) : answer(reply);
                history.add(
                        new Check(subject.session(), End.WHOLE_SESSION, node, reply.began(), reply.ended(), answer));
            }
        });
    }

    /**
     * Ends sessions.
     *
     * @param request how
     * @param named the token in the request, or null if it names none
     * @param doomed the sessions that it ends, so that no node accepts them when it has returned
     */
    public CompletableFuture<Result> end(int node, String request, @Nullable Subject named, List<Subject> doomed) {
        int token = named == null ? End.WHOLE_SESSION : named.token();
        int call = calls.incrementAndGet();
        List<End> begun = doomed.stream()
                .map(subject -> End.begun(call, subject.session(), End.WHOLE_SESSION, token, node))
                .toList();
        return ask(node, request, begun).thenApply(Calls::result);
    }

    public CompletableFuture<Optional<Subject>> rotate(int node, Subject subject) {
        List<End> begun =
                List.of(End.begun(calls.incrementAndGet(), subject.session(), subject.token(), subject.token(), node));
        return ask(node, "ROTATE " + subject.text(), begun).thenApply(reply -> {
            if (reply.is("NO")) {
                history.add(new Check(
                        subject.session(), subject.token(), node, reply.began(), reply.ended(), Answer.REFUSED));
            }
            return reply.is("OK") ? Optional.of(born(reply, subject.session(), subject.principal())) : Optional.empty();
        });
    }

    private CompletableFuture<Void> validate(int node, String verb, Subject subject) {
        return nodes.get(node).send(verb + subject.text()).thenAccept(reply -> {
            note(reply);
            history.add(
                    new Check(subject.session(), subject.token(), node, reply.began(), reply.ended(), answer(reply)));
        });
    }

    private CompletableFuture<Reply> ask(int node, String request, List<End> begun) {
        endsUnderWay.incrementAndGet();
        history.begins(begun);
        long began = System.nanoTime();
        return nodes.get(node)
                .send(request)
                .completeOnTimeout(new Reply("SILENT", List.of(), began, 0), SILENCE_SECONDS, TimeUnit.SECONDS)
                .thenApply(reply -> {
                    endsUnderWay.decrementAndGet();
                    note(reply);
                    history.ended(begun, answered(begun, reply));
                    return reply;
                });
    }

    /** "Unknown" means that nothing was ended. */
    private static List<End> answered(List<End> begun, Reply reply) {
        long ended = reply.ended() == 0 ? System.nanoTime() : reply.ended();
        return reply.is("NO")
                ? List.of()
                : begun.stream()
                        .map(end -> end.answered(reply.began(), ended, result(reply)))
                        .toList();
    }

    private Subject born(Reply reply, int session, String principal) {
        int token = tokens.incrementAndGet();
        history.add(new Birth(session, token, reply.began(), reply.ended()));
        return new Subject(session, token, reply.words().get(0), reply.words().get(1), principal);
    }

    private void note(Reply reply) {
        if (reply.is("FAIL")) {
            failures.computeIfAbsent(String.join(" ", reply.words()), reason -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private static Answer listed(Reply reply, Subject subject) {
        return reply.words().contains(subject.id()) ? Answer.ACCEPTED : Answer.REFUSED;
    }

    private static Answer answer(Reply reply) {
        return switch (reply.status()) {
            case "OK" -> Answer.ACCEPTED;
            case "NO" -> Answer.REFUSED;
            case "LOST" -> Answer.LOST;
            default -> Answer.UNAVAILABLE;
        };
    }

    private static Result result(Reply reply) {
        return switch (reply.status()) {
            case "OK" -> Result.RETURNED;
            case "LOST" -> Result.LOST;
            case "SILENT" -> Result.SILENT;
            default -> Result.THREW;
        };
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
