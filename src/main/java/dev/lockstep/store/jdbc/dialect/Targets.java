package dev.lockstep.store.jdbc.dialect;

import dev.lockstep.TokenDigest;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfApplication;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfPrincipal;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.RevocationTarget.OthersOf;
import dev.lockstep.spi.Revoked;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one transaction, sorted by kind, and what became of each. A text that no session
 * can have is left out: it names nothing, and must not fail those that it shares a transaction
 * with. Immutable.
 *
 * <p>A transaction keeps the clock row locked, so it is bounded: all targets that may mean many
 * sessions share {@link #MAX_ENDED}.
 *
 * <p>What the store knows of a target is told only where it is certain that nodes which know it too
 * will accept no copy: that a session was ended says so of that session; of a principal only this
 * transaction's own row for the principal does, since a session may have been opened after an
 * earlier row and its own row may be gone without a trace.
 *
 * <p>The log is read behind the commit, and may have been trimmed meanwhile. So what a transaction
 * has ended is told from what it has written, and which session a token means from what it has
 * read, however little of that is left in the log.
 */
public final class Targets {

    /**
     * How many sessions one transaction ends for all the targets that may mean many: revocations of
     * others wait for it, so it must end well within the store's deadline.
     */
    public static final int MAX_ENDED = 1_000;

    /**
     * How much of a session's log is told: far more rotations than a session has within the log's
     * retention.
     */
    public static final int MAX_LOGGED = 1_000;

    /** Stands for the application among the names of principals, none of whom has an empty one. */
    public static final String EVERYBODY = "";

    private static final Revoked UNKNOWN = new Revoked(null, List.of());

    private final List<RevocationTarget> targets;
    private final Set<String> inexpressible;

    private Targets(List<RevocationTarget> targets, Set<String> inexpressible) {
        this.targets = targets;
        this.inexpressible = inexpressible;
    }

    public static Targets of(List<RevocationTarget> targets) {
        return new Targets(targets, Set.of());
    }

    /** The same targets, some of which turned out to name nothing in this database. */
    public Targets without(Set<String> inexpressible) {
        return new Targets(targets, inexpressible);
    }

    /** All that targets name. */
    public List<String> texts() {
        return Stream.of(ids(), principals(), others(), kept())
                .flatMap(Stream::of)
                .toList();
    }

    public byte[][] digests() {
        return all(OfToken.class).map(of -> of.digest().toBytes()).toArray(byte[][]::new);
    }

    public String[] ids() {
        return all(OfId.class).map(OfId::sessionId).filter(this::isId).toArray(String[]::new);
    }

    public String[] principals() {
        return all(OfPrincipal.class)
                .map(OfPrincipal::principal)
                .filter(this::isPrincipal)
                .distinct()
                .toArray(String[]::new);
    }

    /** The principals of which one session each is {@linkplain #kept kept}, in the same order. */
    public String[] others() {
        return othersOf().map(OthersOf::principal).toArray(String[]::new);
    }

    /** A name that no session can have keeps none. */
    public String[] kept() {
        return othersOf()
                .map(of -> isId(of.keptSessionId()) ? of.keptSessionId() : "")
                .toArray(String[]::new);
    }

    public boolean everybody() {
        return all(OfApplication.class).findAny().isPresent();
    }

    /** Whether there are targets that may mean many sessions. */
    public boolean inBulk() {
        return bulk() > 0;
    }

    /** How many sessions each of them may have ended. */
    public int share() {
        return Math.max(1, MAX_ENDED / Math.max(1, bulk()));
    }

    private int bulk() {
        return principals().length + others().length + (everybody() ? 1 : 0);
    }

    /**
     * What became of each target, in their order.
     *
     * @param before the log's position before the transaction
     * @param tokens the sessions that the tokens mean or meant, as the transaction has found them
     * @param written what it appended
     * @param logged what the log held behind it of sessions that were named, at most one more than
     *     {@link #MAX_LOGGED} of each
     * @param full the principals of whom it ended as many sessions as it would, so that there may
     *     be more
     */
    public List<Revoked> outcomes(
            LogPosition before,
            Map<TokenDigest, String> tokens,
            List<Revocation> written,
            Collection<Revocation> logged,
            Set<String> full) {
        Outcome outcome = new Outcome(before, tokens, written, logged, full);
        return targets.stream().map(outcome::of).toList();
    }

    private Stream<OthersOf> othersOf() {
        return all(OthersOf.class).filter(of -> isPrincipal(of.principal())).distinct();
    }

    private boolean isId(String text) {
        return NewSessions.isId(text) && !inexpressible.contains(text);
    }

    private boolean isPrincipal(String text) {
        return NewSessions.isPrincipal(text) && !inexpressible.contains(text);
    }

    private <T extends RevocationTarget> Stream<T> all(Class<T> kind) {
        return targets.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static final class Outcome {

        private final LogPosition before;
        private final Map<TokenDigest, String> tokens;
        private final List<Revocation> written;
        private final Set<String> full;
        private final Map<String, TreeMap<Long, Revocation>> sessions = new HashMap<>();
        private final Set<String> read;
        private final Set<Long> counted = new HashSet<>();

        Outcome(
                LogPosition before,
                Map<TokenDigest, String> tokens,
                List<Revocation> written,
                Collection<Revocation> logged,
                Set<String> full) {
            this.before = before;
            this.tokens = tokens;
            this.written = written;
            this.full = full;
            this.read = logged.stream().map(Revocation::sessionId).collect(Collectors.toSet());
            Stream.concat(written.stream(), logged.stream())
                    .forEach(row -> sessions.computeIfAbsent(row.sessionId(), id -> new TreeMap<>())
                            .put(row.position(), row));
        }

        Revoked of(RevocationTarget target) {
            if (target instanceof OfToken of) {
                return ofSession(tokens.get(of.digest()));
            }
            if (target instanceof OfId of) {
                return ofSession(of.sessionId());
            }
            if (target instanceof OfPrincipal of) {
                return ofPrincipal(of.principal(), row -> true);
            }
            if (target instanceof OthersOf of) {
                return ofPrincipal(of.principal(), row -> !row.sessionId().equals(of.keptSessionId()));
            }
            return new Revoked(
                    at(before.position() + written.size()), written, false, full.contains(EVERYBODY), ended(written));
        }

        private Revoked ofSession(@Nullable String id) {
            Map<Long, Revocation> rows = sessions.getOrDefault(id, new TreeMap<>());
            return rows.values().stream()
                    .filter(row -> row.cause() != Cause.ROTATED)
                    .map(Revocation::position)
                    .max(Long::compare)
                    .map(end -> new Revoked(
                            at(end), List.copyOf(rows.values()), isWhole(id, rows.size()), false, ended(rows.values())))
                    .orElse(UNKNOWN);
        }

        /**
         * The row that ended the session is in the log, unless that was trimmed meanwhile: a
         * reading without it saw nothing.
         */
        private boolean isWhole(@Nullable String id, int rows) {
            return read.contains(id) && rows <= MAX_LOGGED;
        }

        private Revoked ofPrincipal(String principal, Predicate<Revocation> meant) {
            List<Revocation> rows = written.stream()
                    .filter(row -> row.principal().equals(principal) && meant.test(row))
                    .toList();
            return rows.stream()
                    .filter(row -> row.cause() == Cause.PRINCIPAL_GONE)
                    .findFirst()
                    .map(gone -> new Revoked(at(gone.position()), rows, true, full.contains(principal), ended(rows)))
                    .orElseGet(() -> new Revoked(null, List.of(), true, full.contains(principal)));
        }

        /** Of these rows, those with which this transaction has ended a session, each once. */
        private int ended(Collection<Revocation> rows) {
            return (int) rows.stream()
                    .filter(row -> row.cause() == Cause.REVOKED && row.position() > before.position())
                    .filter(row -> counted.add(row.position()))
                    .count();
        }

        private LogPosition at(long position) {
            return new LogPosition(before.epoch(), position);
        }
    }
}
