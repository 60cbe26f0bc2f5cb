package dev.lockstep.contract;

import dev.lockstep.TokenDigest;
import dev.lockstep.contract.NaiveTargets.Owner;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationTarget;
import dev.lockstep.spi.RevocationTarget.OfId;
import dev.lockstep.spi.RevocationTarget.OfToken;
import dev.lockstep.spi.Revoked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The log of a {@link NaiveStore} and the key beside it, under whose lock both are used. */
final class NaiveLog {

    private final LongSupplier millis;
    private final List<Revocation> rows;
    private final NaiveKeys keys;
    private long epoch = 1;
    private long position;
    private long floor;

    NaiveLog(LongSupplier millis) {
        this(millis, List.of(), new NaiveKeys(millis));
    }

    private NaiveLog(LongSupplier millis, List<Revocation> rows, NaiveKeys keys) {
        this.millis = millis;
        this.rows = new ArrayList<>(rows);
        this.keys = keys;
    }

    NaiveLog copy() {
        NaiveLog copy = new NaiveLog(millis, rows, keys.copy());
        copy.epoch = epoch;
        copy.position = position;
        copy.floor = floor;
        return copy;
    }

    LogPosition head() {
        return at(position);
    }

    LogPosition at(long position) {
        return new LogPosition(epoch, position);
    }

    long floor() {
        return floor;
    }

    NaiveKeys keys() {
        return keys;
    }

    List<Revocation> rows() {
        return List.copyOf(rows);
    }

    List<Revocation> after(long position) {
        return rows.stream().filter(row -> row.position() > position).toList();
    }

    Revocation append(TokenDigest digest, String sessionId, String principal, Cause cause) {
        position++;
        Revocation row =
                new Revocation(position, digest, sessionId, principal, cause, Instant.ofEpochMilli(millis.getAsLong()));
        rows.add(row);
        return row;
    }

    /** Appends a row for each of these, by what is known before any of them is appended. */
    List<Revocation> announce(List<RevocationTarget> gone) {
        List<Supplier<Revocation>> entries =
                gone.stream().map(this::announcement).toList();
        return entries.stream().map(Supplier::get).toList();
    }

    private Supplier<Revocation> announcement(RevocationTarget target) {
        String known = target instanceof OfToken of ? openedId(of.digest()) : null;
        return () -> announce(target, known);
    }

    private Revocation announce(RevocationTarget target, @Nullable String known) {
        String noId = "none-" + (position + 1);
        TokenDigest noDigest = new TokenDigest(0, 0, 0, position + 1);
        if (target instanceof OfToken of) {
            return known == null
                    ? append(of.digest(), noId, "", Cause.TOKEN_GONE)
                    : append(of.digest(), known, "", Cause.SESSION_GONE);
        }
        if (target instanceof OfId of) {
            return append(noDigest, of.sessionId(), "", Cause.SESSION_GONE);
        }
        String principal = NaiveTargets.principal(target);
        return append(noDigest, noId, principal, principal.isEmpty() ? Cause.COPIES_VOID : Cause.PRINCIPAL_GONE);
    }

    void trim(LogPosition upTo) {
        if (upTo.epoch() == epoch && upTo.position() > floor) {
            floor = Math.min(upTo.position(), position);
            rows.removeIf(row -> row.position() <= floor);
        }
    }

    void startEpoch(long next) {
        epoch = next;
    }

    boolean names(TokenDigest digest, String sessionId) {
        return rows.stream()
                .anyMatch(row -> row.digest().equals(digest) || row.sessionId().equals(sessionId));
    }

    /** What rows say of sessions; known is what the last row of a certain kind says. */
    Revoked told(List<Revocation> among, Predicate<Owner> means, Predicate<Revocation> end) {
        List<Revocation> told = among.stream()
                .filter(row -> means.test(new Owner(row.sessionId(), row.principal())))
                .toList();
        return told.stream()
                .filter(end)
                .reduce((earlier, later) -> later)
                .map(last -> new Revoked(at(last.position()), told))
                .orElseGet(() -> new Revoked(null, List.of()));
    }

    /** The session that a digest opened; else the one that it was announced with. */
    @Nullable
    String idOf(TokenDigest digest) {
        String opened = openedId(digest);
        return opened == null ? firstId(digest, row -> true) : opened;
    }

    /** The session that a digest opened; null where it was at most announced. */
    private @Nullable String openedId(TokenDigest digest) {
        return firstId(digest, row -> row.cause() != Cause.TOKEN_GONE);
    }

    private @Nullable String firstId(TokenDigest digest, Predicate<Revocation> of) {
        return rows.stream()
                .filter(row -> row.digest().equals(digest) && of.test(row))
                .findFirst()
                .map(Revocation::sessionId)
                .orElse(null);
    }
}
