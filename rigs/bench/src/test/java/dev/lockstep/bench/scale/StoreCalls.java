package dev.lockstep.bench.scale;

import dev.lockstep.Session;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NewSession;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationLog.LogPage;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.store.jdbc.JdbcStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is measured: the calls that nodes, requests and administrators make. Each finds what it
 * asks for, or fails. One thread's.
 */
final class StoreCalls {

    private static final int SWEPT = 500;
    private static final int SWEEP_EVERY = 3;
    private static final int COUNT_EVERY = 10;
    private static final int PAGE = 50;
    private static final int POLLED = 100;

    /** A level of an index more, now and then. */
    static final double AS_AN_INDEX = 1.5;

    /** What reads all sessions. */
    private static final double AS_ALL = 12;

    private final String node = UUID.randomUUID().toString();
    private final JdbcStore store;
    private final LiveSessions live;
    private LogPosition applied;

    /** How many sessions the sweeps of so many rounds delete. */
    static int swept(int rounds) {
        return (rounds / SWEEP_EVERY + 1) * SWEPT;
    }

    StoreCalls(JdbcStore store, LiveSessions live) {
        this.store = store;
        this.live = live;
        this.applied = store.register(node, "measuring", Duration.ofHours(1)).position();
    }

    /** In the order in which they are to be made: what is polled for was revoked. */
    List<StoreCall> all() {
        return List.of(
                often("find", () -> Objects.requireNonNull(store.find(SessionRows.digest(live.any())))),
                often("list, a few", () -> sized(store.list(principal()), 1)),
                new StoreCall("list, 1,000", 5, 1, AS_AN_INDEX, () -> sized(store.list(service()), 900)),
                often("page of all", () -> store.page(null, anywhere(), PAGE)),
                often(
                        "page of 1,000",
                        () -> sized(store.page(service(), null, PAGE).sessions(), PAGE)),
                often("count, a few", () -> store.count(principal())),
                often("touch", this::touch),
                often("open", this::open),
                often("revoke", () -> end(new OfToken(SessionRows.digest(live.last())))),
                often("revoke, a few", () -> end(new OfPrincipal(SessionRows.principal(live.last())))),
                often("poll", this::poll),
                often("poll, 100 revocations", this::pollForMany),
                new StoreCall("sweep of 500", 1, SWEEP_EVERY, AS_AN_INDEX, this::sweep),
                new StoreCall("count of all", 1, COUNT_EVERY, AS_ALL, store::count));
    }

    private static StoreCall often(String name, Callable<?> call) {
        return new StoreCall(name, 20, 1, AS_AN_INDEX, call);
    }

    private String principal() {
        return SessionRows.principal(live.any());
    }

    private String service() {
        return SessionRows.service(ThreadLocalRandom.current().nextLong(live.sessions()));
    }

    /** Where a page may begin. */
    private static String anywhere() {
        return Character.toString('a' + ThreadLocalRandom.current().nextInt(26));
    }

    /** Behind those that came since the round before there is no news. */
    private LogPage poll() {
        LogPage page = store.poll(node, applied, 1_000);
        List<Revocation> rows = page.rows();
        applied = rows.isEmpty()
                ? applied
                : new LogPosition(applied.epoch(), rows.get(rows.size() - 1).position());
        return page;
    }

    /** Of the first revocations there may be fewer. */
    private Object pollForMany() {
        long before = Math.max(0, applied.position() - POLLED);
        return sized(
                store.poll(node, new LogPosition(applied.epoch(), before), POLLED)
                        .rows(),
                (int) (applied.position() - before));
    }

    private Object touch() {
        store.touch(SessionRows.digest(live.any()), Duration.ZERO);
        return store;
    }

    private Object open() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String id = UUID.randomUUID().toString();
        TokenDigest digest =
                new TokenDigest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        return store.open(new NewSession(
                id,
                digest,
                principal(),
                Set.of("user"),
                Map.of("department", "sales", "locale", "de"),
                Duration.ofDays(30),
                Duration.ofDays(1)));
    }

    private Object end(RevocationTarget target) {
        return sized(store.commitRevocations(List.of(target)).outcome().get(0).revocations(), 1);
    }

    private List<Session> sweep() {
        return sized(store.deleteExpired(Instant.now()), SWEPT);
    }

    private static <T> List<T> sized(List<T> found, int atLeast) {
        if (found.size() < atLeast) {
            throw new IllegalStateException("Found " + found.size() + " instead of " + atLeast);
        }
        return found;
    }
}
