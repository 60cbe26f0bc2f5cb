package dev.lockstep.monitoring;

import dev.lockstep.monitoring.Meter.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** All meters that there are: each is defined here, and nowhere else. */
public final class Meters {

    /** Of durations that people wait for; half a second is what the alerts ask about. */
    private static final List<Duration> FINE =
            millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

    /** Of what there are many series: a third of the buckets. */
    private static final List<Duration> COARSE = millis(1, 5, 25, 100, 500, 2_500, 10_000);

    static final Meter VALIDATIONS = counter(
            "validations",
            "{validation}",
            "Tokens that were looked up, by the result and by what answered",
            "source",
            "result");
    static final Meter VALIDATION_DURATION = timer(
            "validation.duration",
            "How long look-ups took that the near cache did not answer; its hits are not timed",
            FINE,
            "source");
    static final Meter LOAD_DURATION = timer(
            "load.duration", "How long the store took to answer a look-up, which others may share", COARSE, "result");

    static final Meter CACHE_GETS = counter(
            "cache.gets", "{get}", "Reads of a cache; a copy that was refused counts as a miss", "cache", "result");
    static final Meter CACHE_REFUSALS = counter(
            "cache.refusals",
            "{copy}",
            "Copies that a cache had and that were not used, by the reason",
            "cache",
            "reason");
    static final Meter CACHE_FLAWS = counter(
            "cache.flaws",
            "{entry}",
            "Entries of the cache outside the JVM that are no copies sealed by this application, by the reason",
            "reason");
    static final Meter CACHE_PUTS = counter("cache.puts", "{copy}", "Copies that were put into a cache", "cache");
    static final Meter CACHE_EVICTIONS =
            counter("cache.evictions", "{copy}", "Copies that a cache in this JVM dropped to make room", "cache");
    static final Meter CACHE_SIZE = gauge(
            "cache.size", "{copy}", "Copies in a cache of this JVM, as it was last swept, once a minute", "cache");
    static final Meter BREAKER_OPEN = gauge(
            "breaker.open",
            "{breaker}",
            "1 while the cache outside the JVM is not read, or not written, since it fails; else 0",
            "operation");

    static final Meter REQUESTS_REFUSED =
            counter("requests.refused", "{request}", "Requests that were refused, by the reason", "reason");

    static final Meter SESSIONS_LIVE = gauge(
            "sessions.live",
            "{session}",
            "Live sessions of the application, on whichever node they were opened, as last counted, a minute ago or longer");
    static final Meter SESSIONS_OPENED = counter("sessions.opened", "{session}", "Sessions that were opened here");
    static final Meter SESSIONS_ROTATED =
            counter("sessions.rotated", "{session}", "Sessions that were given another token here");
    static final Meter SESSIONS_ENDED =
            counter("sessions.ended", "{session}", "Sessions that were ended here, by what ended them", "reason");

    static final Meter REVOCATION_DURATION = timer(
            "revocation.duration",
            "From the commit of revocations until they were true on every node, by how the last node was settled",
            FINE,
            "settled");
    static final Meter REVOCATION_GOAL = counter(
            "revocation.goal",
            "{commit}",
            "Commits of revocations, by whether they were true on every node within `lockstep.metrics.logout-goal`",
            "met");
    static final Meter REVOCATION_CALL_DURATION = timer(
            "revocation.call.duration",
            "From a call that ends sessions until that was true on every node, by the result",
            FINE,
            "result");
    static final Meter REVOCATION_COMMIT_DURATION =
            timer("revocation.commit.duration", "How long the commits of revocations took", COARSE);
    static final Meter REVOCATION_COMMITTED =
            counter("revocation.committed", "{call}", "Calls whose revocations were committed");
    static final Meter REVOCATION_NODES = counter(
            "revocation.nodes",
            "{node}",
            "Nodes that revocations had to wait for, by how they were settled",
            "settled");
    static final Meter REVOCATION_LAG = timer(
            "revocation.lag", "How old revocations were when this node learnt of them, by how it did", FINE, "origin");
    static final Meter NODES_FENCED =
            counter("nodes.fenced", "{node}", "Nodes that this one fenced, since their lease had to be waited out");

    static final Meter CHANNEL_SENT =
            counter("channel.sent", "{message}", "Messages about revocations that this node pushed to the others");
    static final Meter CHANNEL_RECEIVED = counter(
            "channel.received",
            "{message}",
            "Messages about revocations that came from other nodes, by the result",
            "result");

    static final Meter CHANNEL_REFUSED = counter(
            "channel.refused",
            "{message}",
            "Messages of the channel that were refused, as no node of the application is known to have made them",
            "reason");
    static final Meter CHANNEL_POKES_SENT = counter(
            "channel.pokes.sent",
            "{poke}",
            "Commits of revocations for which the other nodes were poked, by a channel that only pokes");
    static final Meter CHANNEL_POKES_RECEIVED =
            counter("channel.pokes.received", "{poke}", "Pokes that came from other nodes, acknowledgements included");
    static final Meter CHANNEL_UP = gauge(
            "channel.up",
            "{channel}",
            "1 while a channel over PostgreSQL or Redis hears the other nodes, 0 while it does not or there is none");

    static final Meter CHANNEL_EXPECTED = counter(
            "channel.acknowledgements.expected",
            "{acknowledgement}",
            "Acknowledgements that messages were pushed for; those that came are nodes settled by them");
    static final Meter CHANNEL_MISSING = gauge(
            "channel.acknowledgements.missing",
            "{acknowledgement}",
            "How many nodes in a row have not acknowledged in time; 0 once one does");

    static final Meter CANARY_AGE = gauge(
            "canary.age",
            Meter.SECONDS,
            "How long ago the canaries of all nodes were last seen to be refused; only with `lockstep.canary`");
    static final Meter CANARY_PROOFS = counter(
            "canary.proofs", "{proof}", "How often the canaries of all nodes were refused after they had been revoked");
    static final Meter CANARY_FAILURES = counter(
            "canary.failures", "{canary}", "Canaries that were accepted after they had been revoked: none, ever");

    static final Meter NODES =
            gauge("nodes", "{node}", "Nodes of the application that the store lists, this one included");
    static final Meter LEASE_REMAINING = gauge(
            "lease.remaining", Meter.SECONDS, "For how long the node may trust copies from now on; 0 while it may not");
    static final Meter LEASE_LOST =
            counter("lease.lost", "{lease}", "Leases that ended, so that no copy was trusted, by the reason", "reason");
    static final Meter POLL_DURATION =
            timer("poll.duration", "How long it took to read the revocation log and to apply it", COARSE);
    static final Meter POLL_AGE =
            gauge("poll.age", Meter.SECONDS, "How long ago the revocation log was last read to its end");
    static final Meter POLL_FAILURES = counter("poll.failures", "{poll}", "Readings of the revocation log that failed");
    static final Meter LOG_BEHIND = gauge(
            "log.behind", "{revocation}", "Revocations in the log that the node has not applied, as it last read it");
    static final Meter FACTS = gauge("facts", "{revocation}", "Revocations that the node remembers");
    static final Meter FLOOR_MOVES = counter(
            "floor.moves",
            "{move}",
            "How often the node forgot old revocations, and copies older than these with them");

    static final Meter STORE_CALL_DURATION =
            timer("store.call.duration", "How long calls of the store took, queueing included", COARSE, "operation");
    static final Meter STORE_CALL_FAILURES =
            counter("store.call.failures", "{call}", "Calls of the store that failed", "operation");
    static final Meter STORE_QUEUE_SIZE =
            gauge("store.queue.size", "{call}", "Calls that wait for a thread of the store's", "queue");
    static final Meter STORE_QUEUE_WAIT =
            timer("store.queue.wait", "How long calls waited for a thread of the store's", COARSE, "queue");
    static final Meter STORE_QUEUE_LEFT = counter(
            "store.queue.left",
            "{call}",
            "Calls that left a queue without being served, by the reason",
            "queue",
            "reason");
    static final Meter STORE_TIMEOUTS =
            counter("store.timeouts", "{call}", "Calls of the store that were not done by their deadline", "queue");
    static final Meter STORE_BATCHES = counter(
            "store.batches",
            "{batch}",
            "Statements that answered what had gathered in a queue, a single call or more",
            "queue");

    /** In the order in which the reference lists them. */
    public static final List<Meter> ALL = List.of(
            VALIDATIONS,
            VALIDATION_DURATION,
            LOAD_DURATION,
            CACHE_GETS,
            CACHE_REFUSALS,
            CACHE_FLAWS,
            CACHE_PUTS,
            CACHE_EVICTIONS,
            CACHE_SIZE,
            BREAKER_OPEN,
            REQUESTS_REFUSED,
            SESSIONS_LIVE,
            SESSIONS_OPENED,
            SESSIONS_ROTATED,
            SESSIONS_ENDED,
            REVOCATION_DURATION,
            REVOCATION_GOAL,
            REVOCATION_CALL_DURATION,
            REVOCATION_COMMIT_DURATION,
            REVOCATION_COMMITTED,
            REVOCATION_NODES,
            REVOCATION_LAG,
            NODES_FENCED,
            CHANNEL_SENT,
            CHANNEL_RECEIVED,
            CHANNEL_REFUSED,
            CHANNEL_POKES_SENT,
            CHANNEL_POKES_RECEIVED,
            CHANNEL_UP,
            CHANNEL_EXPECTED,
            CHANNEL_MISSING,
            CANARY_AGE,
            CANARY_PROOFS,
            CANARY_FAILURES,
            NODES,
            LEASE_REMAINING,
            LEASE_LOST,
            POLL_DURATION,
            POLL_AGE,
            POLL_FAILURES,
            LOG_BEHIND,
            FACTS,
            FLOOR_MOVES,
            STORE_CALL_DURATION,
            STORE_CALL_FAILURES,
            STORE_QUEUE_SIZE,
            STORE_QUEUE_WAIT,
            STORE_QUEUE_LEFT,
            STORE_TIMEOUTS,
            STORE_BATCHES);

    private Meters() {}

    private static Meter counter(String name, String unit, String description, String... tags) {
        return meter(name, Kind.COUNTER, unit, description, List.of(), tags);
    }

    private static Meter gauge(String name, String unit, String description, String... tags) {
        return meter(name, Kind.GAUGE, unit, description, List.of(), tags);
    }

    private static Meter timer(String name, String description, List<Duration> bounds, String... tags) {
        return meter(name, Kind.TIMER, Meter.SECONDS, description, bounds, tags);
    }

    private static Meter meter(
            String name, Kind kind, String unit, String description, List<Duration> bounds, String... tags) {
        return new Meter(Meter.PREFIX + name, kind, unit, description, Arrays.asList(tags), bounds);
    }

    private static List<Duration> millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(Duration::ofMillis).toList();
    }
}
