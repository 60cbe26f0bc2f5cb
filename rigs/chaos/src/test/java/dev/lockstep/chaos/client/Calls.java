package dev.lockstep.chaos.client;

import dev.lockstep.chaos.client.NodeClient.Reply;
import dev.lockstep.chaos.cluster.Daemons;
import dev.lockstep.chaos.forge.Forger;
import dev.lockstep.chaos.history.Attempt;
import dev.lockstep.chaos.history.Attempt.Outcome;
import dev.lockstep.chaos.history.Birth;
import dev.lockstep.chaos.history.Breach;
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
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The calls that clients make, each written into the history with its answer. Thread-safe; never
 * blocks.
 */
public final class Calls {

    /** After this nobody waits for a revocation any more: far longer than any allowance. */
    private static final long SILENCE_SECONDS = 90;

    /** What is not urgent is left out on a node that owes so many answers. */
    private static final int BUSY = 600;

    private static final int OVERLOADED = 1_200;

    /**
     * A token that a node owes so many answers about is not asked for again, unless it is urgent.
     */
    private static final int OWED = 3;

    private final List<NodeClient> nodes;
    private final History history;
    private final Consumer<String> operator;
    private final Executor ofOperator = Executors.newSingleThreadExecutor(Daemons.named("operator"));
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger endsUnderWay = new AtomicInteger();
    private final Map<Long, Integer> owed = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    /** @param operator deletes a session's row, by its identifier; may block */
    public Calls(List<NodeClient> nodes, History history, Consumer<String> operator) {
        this.nodes = nodes;
        this.operator = operator;
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

    CompletableFuture<Optional<Subject>> open(int node, String principal) {
        return open(node, principal, Birth.LONG);
    }

    /** @param life how long the session will live, in nanoseconds */
    CompletableFuture<Optional<Subject>> open(int node, String principal, long life) {
        return nodes.get(node).send("OPEN " + principal).thenApply(reply -> {
            note(reply);
            return reply.is("OK")
                    ? Optional.of(born(reply, node, sessions.incrementAndGet(), "/" + principal, life))
                    : Optional.empty();
        });
    }

    /** Opens many sessions that are in nobody's hands. */
    CompletableFuture<Void> fill(int node, String principal, int count) {
        return nodes.get(node).send("FILL " + principal + " " + count).thenAccept(this::note);
    }

    /** Always asked: a revocation has just returned. */
    public CompletableFuture<Void> validateNow(int node, Subject subject) {
        return nodes.get(node).underWay() > OVERLOADED ? done() : validate(node, "FIND ", subject);
    }

    /** Asked unless the node is busy. */
    public CompletableFuture<Void> validate(int node, Subject subject) {
        return isBusy(node, subject) ? done() : validate(node, "FIND ", subject);
    }

    /** Asked unless the node is busy; the node must ask the store. */
    public CompletableFuture<Void> confirm(int node, Subject subject) {
        return isBusy(node, subject) ? done() : validate(node, "CONFIRM ", subject);
    }

    /** Of a token that no node has issued. */
    void presentForged(int node, String token) {
        nodes.get(node).send("FORGED " + token).thenAccept(reply -> {
            note(reply);
            history.add(new Attempt(node, reply.began(), reply.ended(), outcome(reply)));
        });
    }

    public CompletableFuture<Void> list(int node, String principal, List<Subject> expected) {
        return nodes.get(node).send("LIST " + principal).thenAccept(reply -> {
            note(reply);
            for (Subject subject : expected) {
                Answer answer = reply.is("OK") ? listed(reply, subject) : answer(reply, subject);
                history.add(
                        new Check(subject.session(), End.WHOLE_SESSION, node, reply.began(), reply.ended(), answer));
            }
        });
    }

    /**
     * Ends sessions; what their tokens open in the moment of the return becomes part of the history
     * as well.
     */
    CompletableFuture<Result> end(int node, String manner, Order order) {
        int token = order.named() == null ? End.WHOLE_SESSION : order.named().token();
        int call = calls.incrementAndGet();
        List<End> begun = order.doomed().stream()
                .map(subject -> End.begun(call, subject.session(), End.WHOLE_SESSION, token, node))
                .toList();
        Testimony testimony = new Testimony(nodes, node, order.doomed());
        String request = "END " + manner + " " + order.way() + " " + order.argument() + testimony.asked(call);
        return ask(node, request, begun, testimony).thenApply(Calls::result);
    }

    /**
     * Its row goes, past the product: nodes may refuse it from now on, or accept it until somebody
     * ends it.
     */
    CompletableFuture<Void> deleteRow(Subject subject) {
        mayHaveEnded(subject, 0, System.nanoTime());
        return CompletableFuture.runAsync(() -> operator.accept(subject.id()), ofOperator);
    }

    /** So many belong to its principal that ending them takes more than one transaction. */
    void isOfCrowd(Subject subject) {
        history.isOfCrowd(subject.session());
    }

    /**
     * A session was opened while a call was under way that may have ended it, but promises nothing
     * of it.
     */
    void mayHaveEnded(Subject subject, int node, long began) {
        End end = End.begun(calls.incrementAndGet(), subject.session(), End.WHOLE_SESSION, End.WHOLE_SESSION, node);
        history.ended(List.of(), List.of(end.answered(began, System.nanoTime(), Result.LOST)));
    }

    public CompletableFuture<Optional<Subject>> rotate(int node, Subject subject) {
        List<End> begun =
                List.of(End.begun(calls.incrementAndGet(), subject.session(), subject.token(), subject.token(), node));
        return ask(node, "ROTATE " + subject.text(), begun, Testimony.NONE).thenApply(reply -> {
            if (reply.is("NO")) {
                history.add(new Check(
                        subject.session(), subject.token(), node, reply.began(), reply.ended(), Answer.REFUSED));
            }
            return reply.is("OK")
                    ? Optional.of(born(reply, node, subject.session(), subject.name(), Birth.LONG))
                    : Optional.empty();
        });
    }

    private CompletableFuture<Void> validate(int node, String verb, Subject subject) {
        long key = key(node, subject);
        owed.merge(key, 1, Integer::sum);
        return nodes.get(node).send(verb + subject.text()).thenAccept(reply -> {
            owed.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
            note(reply);
            history.add(new Check(
                    subject.session(), subject.token(), node, reply.began(), reply.ended(), answer(reply, subject)));
        });
    }

    private boolean isBusy(int node, Subject subject) {
        return nodes.get(node).underWay() > BUSY || owed.getOrDefault(key(node, subject), 0) >= OWED;
    }

    private long key(int node, Subject subject) {
        return (long) subject.token() * nodes.size() + node;
    }

    private CompletableFuture<Reply> ask(int node, String request, List<End> begun, Testimony testimony) {
        endsUnderWay.incrementAndGet();
        history.begins(begun);
        long began = System.nanoTime();
        return nodes.get(node)
                .send(request)
                .completeOnTimeout(new Reply("SILENT", List.of(), began, 0), SILENCE_SECONDS, TimeUnit.SECONDS)
                .thenApply(reply -> {
                    endsUnderWay.decrementAndGet();
                    note(reply);
                    long ended = reply.ended() == 0 ? System.nanoTime() : testimony.returned(reply);
                    history.ended(begun, answered(begun, reply, ended));
                    testimony.checks(reply, ended).forEach(history::add);
                    if (reply.is("BREACH")) {
                        history.add(new Breach(String.join(" ", reply.words()), node, ended));
                    }
                    return reply;
                });
    }

    /** "Unknown" means that nothing was ended. */
    private static List<End> answered(List<End> begun, Reply reply, long ended) {
        return reply.is("NO")
                ? List.of()
                : begun.stream()
                        .map(end -> end.answered(reply.began(), ended, result(reply)))
                        .toList();
    }

    /** @param expected how the session's name must end */
    private Subject born(Reply reply, int node, int session, String expected, long life) {
        String name = reply.words().get(0);
        if (!name.endsWith(expected)) {
            history.add(new Breach("a token for " + name + " in place of " + expected, node, reply.ended()));
        }
        int token = tokens.incrementAndGet();
        history.add(new Birth(session, token, reply.began(), reply.ended(), life));
        String[] parts = name.split("/", 2);
        return new Subject(session, token, reply.words().get(1), parts[0], parts[1]);
    }

    private void note(Reply reply) {
        if (reply.is("FAIL")) {
            failures.computeIfAbsent(String.join(" ", reply.words()), reason -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    private static Answer listed(Reply reply, Subject subject) {
        if (!reply.words().stream().allMatch(name -> name.endsWith("/" + subject.principal()))) {
            return Answer.MISTAKEN;
        }
        return reply.words().contains(subject.name()) ? Answer.ACCEPTED : Answer.REFUSED;
    }

    private static Answer answer(Reply reply, Subject subject) {
        return switch (reply.status()) {
            case "OK" -> accepted(reply.words().get(0), subject);
            case "NO" -> Answer.REFUSED;
            case "LOST" -> Answer.LOST;
            default -> Answer.UNAVAILABLE;
        };
    }

    private static Answer accepted(String name, Subject subject) {
        if (name.endsWith("/" + Forger.PRINCIPAL)) {
            return Answer.FORGED;
        }
        return name.equals(subject.name()) ? Answer.ACCEPTED : Answer.MISTAKEN;
    }

    private static Outcome outcome(Reply reply) {
        return switch (reply.status()) {
            case "OK" -> Outcome.ACCEPTED;
            case "NO" -> reply.words().contains("TAG") ? Outcome.KNOWN_AS_FORGED : Outcome.LOOKED_UP;
            default -> Outcome.UNANSWERED;
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
