package dev.lockstep.sim.weave;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.util.List;
import java.util.Locale;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/** A rule that is broken: the simulation must find each of them. */
public enum Slip {
    /** A lease never ends. */
    NO_LEASE("process-stopped", in("revocation.Lease", "isRunning", "NoLease")),
    /** It ends by the monotonic clock alone. */
    LEASE_BY_ONE_CLOCK("machine-suspended", in("revocation.Lease", "isRunning", "LeaseByOneClock")),
    /** It is counted from the end of the poll. */
    LEASE_FROM_END("reply-late", in("revocation.Facts", "grant", "LeaseFromEnd")),
    /** A node that ends, or starts afresh, goes on trusting its facts meanwhile. */
    LEASE_NOT_ENDED("redeployment", in("revocation.CurrentFacts", "end", "LeaseNotEnded")),
    /** A push is acknowledged and not applied. */
    ACKNOWLEDGED_UNAPPLIED("pushes", in("revocation.CurrentFacts", "apply", "AcknowledgedUnapplied")),
    /** What is forgotten raises no floor. */
    FLOOR_FORGOTTEN("copy-old", in("revocation.Facts", "forget", "FloorForgotten")),
    /** A copy must lie below the floor instead of above it. */
    POSITION_TURNED_ROUND(in("revocation.Facts", "reaches", "PositionTurnedRound")),
    /** A revocation returns when it is committed. */
    NO_WAIT(in("revocation.Settlement", "settle", "NoWait")),
    /** An asynchronous one is complete when it has begun. */
    ASYNC_NOT_AWAITED(inSession("dev.lockstep.revocation.PendingRevocation", "settledOn", "NotAwaited")),
    /** A rotation returns when it is committed. */
    ROTATION_NOT_AWAITED(inSession("dev.lockstep.revocation.PendingRevocation", "awaitSettled", "RotationNotAwaited")),
    /** Other nodes' leases are taken to be short. */
    SHORT_LEASE_FOR_ALL("process-stopped", in("revocation.ProtocolLimits", "certainlyOver", "ShortLeaseForAll")),
    /** A copy is used whether or not its session has outlived its timeouts. */
    EXPIRY_IGNORED("short-lives", in("revocation.Lease", "storeMillisAt", "ExpiryIgnored")),
    /** Clocks are taken to run at the same rate. */
    NO_MARGIN("cut-off", in("revocation.ProtocolLimits", "certainlyOver", "NoMargin")),
    /** All histories of the store are the same. */
    EPOCH_IGNORED(
            "store-restore",
            new Place(
                    "dev.lockstep.spi.LogPosition",
                    isConstructor(),
                    "dev.lockstep.revocation.RevocationSlips$EpochIgnored"),
            new Place(
                    "dev.lockstep.SessionCopy",
                    isConstructor(),
                    "dev.lockstep.revocation.RevocationSlips$CopyEpochIgnored")),
    /** The epoch that comes with the node rows is not looked at. */
    EPOCH_OF_NODE_ROWS_IGNORED(
            "store-restore",
            in("revocation.LeaseWait", "read", "EpochOfNodeRowsIgnored"),
            in("revocation.LeaseWait$Commit", "isInTime", "AlwaysInTime")),
    /** A logout that took long does not ask whether its commit is there still. */
    NOT_CONFIRMED("store-restore", in("revocation.LeaseWait$Commit", "isInTime", "AlwaysInTime")),
    /** What the store does not know is told to nobody. */
    GONE_UNANNOUNCED("deleted-by-hand", in("revocation.Announcements", "announce", "GoneUnannounced")),
    /** The row of a node that had to be waited out is deleted before it is fenced. */
    ROW_REMOVED_AT_ONCE("process-stopped", in("revocation.Fencing", "fenceNow", "RowRemovedAtOnce")),
    /** A copy from a cache is used as it is. */
    CACHE_TRUSTED(inSession("dev.lockstep.session.SessionLookup", "judge", "CacheTrusted")),
    /** Whoever joins a load uses its result as it is. */
    JOINER_TRUSTED("reply-late", inSession("dev.lockstep.session.SingleFlight", "load", "JoinerTrusted")),
    /** Now and then a request is given what another one has found. */
    ANOTHERS_SESSION(inSession("dev.lockstep.session.SessionLookup", "find", "AnothersSession")),
    /** Revocations are as durable as the server is set to make them. */
    UNDURABLE(
            "store-crash",
            new Place(
                    "dev.lockstep.sim.store.SimulatedServer",
                    named("transaction"),
                    "dev.lockstep.revocation.RevocationSlips$Undurable"));

    private final String aim;
    private final List<Place> places;

    Slip(Place... places) {
        this("", places);
    }

    /** @param aim the kind of harm that reveals it */
    Slip(String aim, Place... places) {
        this.aim = aim;
        this.places = List.of(places);
    }

    /**
     * What reveals it, a kind of harm or of world: one that is found only by luck shows nothing.
     * Empty for nothing in particular.
     */
    String aim() {
        return aim;
    }

    /** As {@code -Dsim.slip} spells it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Place in(String type, String method, String advice) {
        return new Place("dev.lockstep." + type, named(method), "dev.lockstep.revocation.RevocationSlips$" + advice);
    }

    private static Place inSession(String type, String method, String advice) {
        return new Place(type, named(method), "dev.lockstep.session.SessionSlips$" + advice);
    }

    /** A method of the product, and what is done there. */
    private record Place(String type, ElementMatcher<? super MethodDescription> method, String advice) {}

    byte[] brokenIn(String name, byte[] bytes, ClassLoader loader) {
        byte[] broken = bytes;
        for (Place place : places) {
            if (place.type.equals(name)) {
                broken = advised(place, broken, loader);
            }
        }
        return broken;
    }

    private static byte[] advised(Place place, byte[] bytes, ClassLoader loader) {
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(place.type, bytes), ClassFileLocator.ForClassLoader.of(loader));
        TypePool types = TypePool.Default.of(locator);
        return new ByteBuddy()
                .redefine(types.describe(place.type).resolve(), locator)
                .visit(Advice.to(types.describe(place.advice).resolve(), locator)
                        .on(place.method))
                .make()
                .getBytes();
    }
}
