package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.Committed;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationLog.NodeRows;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import dev.lockstep.spi.Rotated;
import dev.lockstep.spi.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of operations, each done to a store and to the {@linkplain NaiveStore oracle}, whose
 * answers must be the same. Clocks and epochs differ, so instants are not compared, and time passes
 * in half hours, which no test run lasts. In which order the sessions of one batch come into the
 * log is the store's affair: positions are compared by batch.
 */
public final class RandomOperations {

    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final int NAMES = 6;

    private final SessionStore store;
    private final RevocationLog log;
    private final Ageing ageing;
    private final NaiveStore oracle = new NaiveStore();
    private final TreeSet<Long> commits = new TreeSet<>(Set.of(0L));
    private final List<TokenDigest> digests =
            IntStream.range(0, NAMES).mapToObj(i -> Samples.digest()).toList();
    private final List<String> ids =
            IntStream.range(0, NAMES).mapToObj(i -> Samples.id()).toList();

    /** Lets time pass for the store's sessions. */
    @FunctionalInterface
    public interface Ageing {
        void elapse(Duration duration) throws Exception;
    }

    /** One step. */
    @FunctionalInterface
    public interface Operation {
        void on(RandomOperations both) throws Exception;
    }

    public RandomOperations(SessionStore store, Ageing ageing) {
        this.store = store;
        this.log = (RevocationLog) store;
        this.ageing = ageing;
    }

    /** Sequences of steps. */
    public static Arbitrary<List<Operation>> sequences() {
        Arbitrary<Integer> name = Arbitraries.integers().between(0, NAMES - 1);
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 4);
        Arbitrary<Operation> open = Combinators.combine(name, name, few, few)
                .as((session, who, absolute, idle) -> both -> both.open(session, "p" + who % 3, absolute, idle));
        Arbitrary<Operation> revoke =
                targets(name).list().ofMinSize(1).ofMaxSize(4).map(made -> both -> both.revoke(made));
        Arbitrary<Operation> announce =
                targets(name).list().ofMinSize(1).ofMaxSize(4).map(made -> both -> both.announce(made));
        Arbitrary<Operation> rotate = Combinators.combine(name, name).as((from, to) -> both -> both.rotate(from, to));
        Arbitrary<Operation> touch =
                Combinators.combine(name, few).as((digest, halfHours) -> both -> both.touch(digest, halfHours - 1));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, open),
                        net.jqwik.api.Tuple.of(3, revoke),
                        net.jqwik.api.Tuple.of(1, announce),
                        net.jqwik.api.Tuple.of(3, rotate),
                        net.jqwik.api.Tuple.of(2, touch),
                        net.jqwik.api.Tuple.of(2, few.map(n -> both -> both.elapse(n))),
                        net.jqwik.api.Tuple.of(1, few.map(n -> both -> both.sweep(n - 1))),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(RandomOperations::trim)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(RandomOperations::startEpoch)),
                        net.jqwik.api.Tuple.of(1, name.map(n -> both -> both.register("n" + n))),
                        net.jqwik.api.Tuple.of(1, name.map(n -> both -> both.acknowledge("n" + n))),
                        net.jqwik.api.Tuple.of(1, name.map(n -> both -> both.fence("n" + n))),
                        net.jqwik.api.Tuple.of(1, name.map(n -> both -> both.remove("n" + n))))
                .list()
                .ofMaxSize(40);
    }

    /** Sequences that show what random ones hardly ever do. */
    public static List<List<Operation>> rare() {
        List<Operation> usedAgainTooSoonToBeRecorded = List.of(
                both -> both.open(0, "p0", 4, 2),
                both -> both.elapse(1),
                both -> both.touch(0, 3),
                both -> both.elapse(1));
        List<Operation> usedUntilItsAbsoluteEnd = List.of(
                both -> both.open(0, "p0", 2, 4),
                both -> both.elapse(1),
                both -> both.touch(0, 0),
                both -> both.elapse(1));
        List<Operation> fencedNode =
                List.of(both -> both.register("n0"), both -> both.fence("n0"), both -> both.register("n1"));
        List<Operation> trimmedLessThanBefore = List.of(
                both -> both.open(0, "p0", 4, 4),
                both -> both.revoke(List.of(made -> new OfPrincipal("p0"))),
                RandomOperations::trim,
                RandomOperations::trimNothing);
        List<Operation> sweptByEitherTimeout = List.of(
                both -> both.open(0, "p0", 4, 1),
                both -> both.open(1, "p0", 1, 1),
                both -> both.elapse(1),
                both -> both.sweep(3),
                both -> both.sweep(0));
        List<Operation> someNodes = List.of(
                both -> both.register("n0"),
                both -> both.register("n1"),
                both -> both.fence("n0"),
                both -> both.open(0, "p0", 4, 4),
                both -> both.revoke(List.of(made -> new OfPrincipal("p0"))),
                both -> both.acknowledge("n1"),
                both -> both.remove("n0"));
        List<Operation> othersEnded = List.of(
                both -> both.open(0, "p0", 4, 4),
                both -> both.open(1, "p0", 4, 4),
                both -> both.revoke(List.of(made -> new OthersOf("p0", made.ids.get(0)))));
        List<Operation> announcedThoughItLives = List.of(
                both -> both.open(0, "p0", 4, 4),
                both -> both.announce(List.of(made -> new OfToken(made.digests.get(0)))),
                both -> both.revoke(List.of(made -> new OfToken(made.digests.get(0)))));
        return List.of(
                usedAgainTooSoonToBeRecorded,
                usedUntilItsAbsoluteEnd,
                fencedNode,
                trimmedLessThanBefore,
                sweptByEitherTimeout,
                someNodes,
                othersEnded,
                announcedThoughItLives);
    }

    private static Arbitrary<Function<RandomOperations, RevocationTarget>> targets(Arbitrary<Integer> name) {
        return Combinators.combine(
                        name,
                        name,
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(4, 0),
                                net.jqwik.api.Tuple.of(4, 1),
                                net.jqwik.api.Tuple.of(4, 2),
                                net.jqwik.api.Tuple.of(4, 3),
                                net.jqwik.api.Tuple.of(1, 4)))
                .as((a, b, kind) -> both -> switch (kind) {
                    case 0 -> new OfToken(both.digests.get(a));
                    case 1 -> new OfId(both.ids.get(a));
                    case 2 -> new OfPrincipal("p" + a % 3);
                    case 4 -> new OfApplication();
                    default -> new OthersOf("p" + a % 3, both.ids.get(b));
                });
    }

    /** Does them all, comparing answers, and after each everything that can be read. */
    public void run(List<Operation> operations) throws Exception {
        for (Operation operation : operations) {
            operation.on(this);
            commits.add(oracle.poll("", new LogPosition(0, 0), 0).head().position());
            compareAll();
        }
    }

    private void open(int name, String principal, int absolute, int idle) {
        TokenDigest digest = digests.get(name);
        boolean taken = oracle.knows(digest, ids.get(name));
        if (!taken) {
            var asked = new dev.lockstep.spi.NewSession(
                    ids.get(name),
                    digest,
                    principal,
                    Set.of("g" + name),
                    java.util.Map.of(),
                    HALF_HOUR.multipliedBy(absolute).minusMinutes(15),
                    HALF_HOUR.multipliedBy(idle).minusMinutes(15));
            assertThat(view(store.open(asked))).isEqualTo(view(oracle.open(asked)));
        }
    }

    private void revoke(List<Function<RandomOperations, RevocationTarget>> made) {
        List<RevocationTarget> targets =
                made.stream().map(each -> each.apply(this)).toList();
        Committed<List<Revoked>> expected = oracle.commitRevocations(targets);
        commits.add(expected.nodes().head().position());
        Committed<List<Revoked>> actual = log.commitRevocations(targets);
        assertThat(actual.outcome().stream().map(this::view).toList())
                .isEqualTo(expected.outcome().stream().map(this::view).toList());
        compare(actual.nodes(), expected.nodes());
    }

    private void announce(List<Function<RandomOperations, RevocationTarget>> made) {
        List<RevocationTarget> gone =
                made.stream().map(each -> each.apply(this)).toList();
        Committed<Revoked> expected = oracle.announce(gone);
        commits.add(expected.nodes().head().position());
        Committed<Revoked> actual = log.announce(gone);
        assertThat(view(actual.outcome())).isEqualTo(view(expected.outcome()));
        compare(actual.nodes(), expected.nodes());
    }

    private static void compare(NodeRows actual, NodeRows expected) {
        assertThat(actual.head().position()).isEqualTo(expected.head().position());
        assertThat(nodes(actual.rows(), actual.head())).isEqualTo(nodes(expected.rows(), expected.head()));
    }

    private void rotate(int from, int to) {
        TokenDigest next = digests.get(to);
        if (!oracle.knows(next, "")) {
            Rotated expected = oracle.rotate(digests.get(from), next);
            commits.add(oracle.poll("", new LogPosition(0, 0), 0).head().position());
            Rotated actual = store.rotate(digests.get(from), next);
            assertThat(actual == null).isEqualTo(expected == null);
            if (actual != null && expected != null) {
                assertThat(view(actual.copy())).isEqualTo(view(expected.copy()));
                assertThat(view(actual.revoked())).isEqualTo(view(expected.revoked()));
            }
        }
    }

    private void touch(int digest, int halfHours) {
        Duration unlessWithin = HALF_HOUR.multipliedBy(halfHours);
        store.touch(digests.get(digest), unlessWithin);
        oracle.touch(digests.get(digest), unlessWithin);
    }

    private void elapse(int halfHours) throws Exception {
        ageing.elapse(HALF_HOUR.multipliedBy(halfHours));
        oracle.advance(HALF_HOUR.multipliedBy(halfHours));
    }

    private void sweep(int halfHours) {
        Duration grace = HALF_HOUR.multipliedBy(halfHours);
        assertThat(idsOf(store.deleteExpired(ago(log, grace))))
                .isEqualTo(idsOf(oracle.deleteExpired(ago(oracle, grace))));
    }

    private static Instant ago(RevocationLog log, Duration grace) {
        return Instant.ofEpochMilli(read(log, "").storeMillis()).minus(grace);
    }

    private void trim() {
        log.trim(read(log, "").head());
        oracle.trim(read(oracle, "").head());
    }

    private void trimNothing() {
        log.trim(new LogPosition(read(log, "").head().epoch(), 0));
        oracle.trim(new LogPosition(read(oracle, "").head().epoch(), 0));
    }

    private void startEpoch() {
        log.startEpoch(read(log, "").head());
        oracle.startEpoch(read(oracle, "").head());
    }

    private void register(String nodeId) {
        if (read(oracle, nodeId).self() == null) {
            RevocationLog.Registration actual = log.register(nodeId, "node", HALF_HOUR);
            RevocationLog.Registration expected = oracle.register(nodeId, "node", HALF_HOUR);
            assertThat(actual.position().position())
                    .isEqualTo(expected.position().position());
            assertThat(nodes(actual.others(), read(log, "").head()))
                    .isEqualTo(nodes(expected.others(), read(oracle, "").head()));
        }
    }

    private void acknowledge(String nodeId) {
        log.acknowledge(nodeId, read(log, "").head());
        oracle.acknowledge(nodeId, read(oracle, "").head());
    }

    private void fence(String nodeId) {
        log.fence(Set.of(nodeId));
        oracle.fence(Set.of(nodeId));
    }

    private void remove(String nodeId) {
        log.remove(Set.of(nodeId));
        oracle.remove(Set.of(nodeId));
    }

    private void compareAll() {
        for (TokenDigest digest : digests) {
            assertThat(view(store.find(digest))).isEqualTo(view(oracle.find(digest)));
        }
        for (String principal : List.of("p0", "p1", "p2")) {
            assertThat(idsOf(store.list(principal))).isEqualTo(idsOf(oracle.list(principal)));
        }
        LogPage actual = read(log, "");
        LogPage expected = read(oracle, "");
        assertThat(actual.head().position()).isEqualTo(expected.head().position());
        assertThat(actual.floor()).isEqualTo(expected.floor());
        compare(log.nodes(), oracle.nodes());
        for (Set<String> nodes : List.of(Set.<String>of(), Set.of("n0"), Set.of("n1", "none"))) {
            compare(log.nodesAmong(nodes), oracle.nodesAmong(nodes));
        }
        assertThat(self(log)).isEqualTo(self(oracle));
        long middle = commits.floor(expected.head().position() / 2);
        assertThat(rows(log, actual, 0)).isEqualTo(rows(oracle, expected, 0));
        assertThat(rows(log, actual, middle)).isEqualTo(rows(oracle, expected, middle));
    }

    /** What a node learns of itself. */
    private static Set<String> self(RevocationLog log) {
        LogPage page = read(log, "n0");
        return page.self() == null ? Set.of() : nodes(List.of(page.self()), page.head());
    }

    private Set<String> rows(RevocationLog from, LogPage page, long after) {
        LogPosition start = new LogPosition(page.head().epoch(), after);
        return from.poll("", start, 1_000).rows().stream().map(this::view).collect(Collectors.toSet());
    }

    private static LogPage read(RevocationLog log, String nodeId) {
        return log.poll(nodeId, new LogPosition(0, 0), 1);
    }

    private static Set<String> nodes(List<RevocationLog.NodeRow> rows, LogPosition head) {
        return rows.stream()
                .map(row -> row.id()
                        + row.lease()
                        + row.fenced()
                        + row.applied().position()
                        + (row.applied().epoch() == head.epoch()))
                .collect(Collectors.toSet());
    }

    private static Set<String> idsOf(List<Session> sessions) {
        return sessions.stream().map(Session::id).collect(Collectors.toSet());
    }

    private static String view(@Nullable SessionCopy copy) {
        if (copy == null) {
            return "none";
        }
        Session session = copy.session();
        return session.id()
                + session.principal()
                + session.groups()
                + session.idleTimeout()
                + copy.digest().toHex()
                + copy.position();
    }

    private String view(Revoked revoked) {
        LogPosition upTo = revoked.upTo();
        return (upTo == null ? "none" : commit(upTo.position()))
                + revoked.revocations().stream().map(this::view).collect(Collectors.toCollection(TreeSet::new))
                + revoked.complete()
                + revoked.more()
                + revoked.ended();
    }

    private String view(Revocation row) {
        String what = switch (row.cause()) {
            case REVOKED, ROTATED -> row.digest().toHex() + row.sessionId() + row.principal();
            case TOKEN_GONE -> row.digest().toHex();
            case SESSION_GONE -> row.sessionId();
            case PRINCIPAL_GONE, COPIES_VOID -> row.principal();
        };
        return what + row.cause() + commit(row.position());
    }

    private String commit(long position) {
        return "@" + commits.ceiling(position);
    }
}
