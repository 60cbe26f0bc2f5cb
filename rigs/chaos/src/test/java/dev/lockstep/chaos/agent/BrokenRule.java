package dev.lockstep.chaos.agent;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import dev.lockstep.chaos.agent.Aim.Choice;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * The rules of the protocol that can be broken, one at a time: what reveals it, and where it is
 * broken. What takes the rules' place is in {@link Breaks}.
 */
public enum BrokenRule {
    /** A lease never ends. */
    NO_LEASE(Aim.at("node-pause"), broken("revocation.Lease", named("isRunning"), Breaks.NoLease.class)),
    /** A lease is counted from the end of the poll. */
    LEASE_FROM_END(Aim.at("store-stall"), broken("revocation.Facts", named("grant"), Breaks.LeaseFromEnd.class)),
    /** The lease is published before the facts that it vouches for. */
    FACTS_AFTER_LEASE(
            Aim.at("peer-cut").delaying(DelayPoint.BEFORE_APPLYING_LOG, 90, 2_500),
            broken("revocation.Feed", named("applyPage"), Breaks.FactsAfterLease.class),
            broken("revocation.Lease$Start", named("now"), Breaks.StartRemembered.class)),
    /** A push is acknowledged before it is applied. */
    ACK_BEFORE_APPLY(
            Aim.ALWAYS.delaying(DelayPoint.BEFORE_APPLYING_PUSH, 90, 300),
            broken("revocation.CurrentFacts", named("apply"), Breaks.AckBeforeApply.class)),
    /** The floor is raised after what lies below it was forgotten. */
    FLOOR_LATE(
            Aim.ALWAYS.ofNode(1).delaying(DelayPoint.BEFORE_RAISING_FLOOR, 100, 500),
            broken("revocation.Facts", named("forget"), Breaks.FloorLate.class)),
    /** A revocation returns when it is committed. */
    NO_WAIT(Aim.ALWAYS, broken("revocation.Settlement", named("settle"), Breaks.NoWait.class)),
    /** An asynchronous revocation is complete when it has begun. */
    ASYNC_NOT_AWAITED(
            Aim.ALWAYS, broken("revocation.PendingRevocation", named("settledOn"), Breaks.AsyncNotAwaited.class)),
    /** A revocation that is interrupted while it waits returns. */
    INTERRUPT_RETURNS(
            Aim.at("peer-cut"), broken("revocation.PendingRevocation", named("await"), Breaks.InterruptReturns.class)),
    /** Commits wait for PostgreSQL's disk only where the server's setting says so. */
    COMMITS_AS_THE_SERVER_SAYS(
            Aim.at("store-kill", "peer-cut", "new-epoch").doing("lasting"),
            broken("store.jdbc.postgresql.PostgresDialect", named("durably"), Breaks.CommitsAsTheServerSays.class)),
    /** A copy from a cache is used as it is. */
    CACHE_TRUSTED(Aim.ALWAYS, broken("session.SessionLookup", named("judge"), Breaks.CacheTrusted.class)),
    /** Whoever joins a load uses its result as it is. */
    JOINER_TRUSTED(
            Aim.at("store-stall").doing("raced"),
            broken("session.SingleFlight", named("load"), Breaks.JoinerTrusted.class)),
    /** Now and then a request is given what another one has found. */
    ANOTHERS_SESSION(Aim.ALWAYS, broken("session.SessionLookup", named("find"), Breaks.AnothersSession.class)),
    /** Revoking what is revoked already waits for nobody. */
    SECOND_REVOKE_RETURNS_AT_ONCE(
            Aim.at("peer-cut"),
            broken(
                    "store.jdbc.JdbcStore",
                    named("revoke").or(named("commitRevocations")),
                    Breaks.SecondRevokeReturnsAtOnce.class)),
    /** Other nodes' leases are taken to be as long as one's own. */
    OWN_LEASE_FOR_ALL(
            Aim.at("store-stall").ofNode(2).leasing(Duration.ofSeconds(8)),
            broken("revocation.ProtocolLimits", named("certainlyOver"), Breaks.OwnLeaseForAll.class)),
    /** All epochs are the same. */
    EPOCH_IGNORED(
            Aim.at("store-restore")
                    .ofNode(2)
                    .choosing(Choice.SOON, true)
                    .choosing(Choice.LOGOUTS_HELD, false)
                    .choosing(Choice.ASLEEP, true)
                    .doing("lasting"),
            broken("spi.LogPosition", isConstructor(), Breaks.EpochIgnored.class)),
    /** The epoch that comes with the node rows is not looked at while a logout waits. */
    EPOCH_OF_NODE_ROWS_IGNORED(
            Aim.at("store-restore")
                    .choosing(Choice.SOON, true)
                    .choosing(Choice.LOGOUTS_HELD, true)
                    .choosing(Choice.BLIND, false)
                    .doing("lasting"),
            broken("revocation.LeaseWait", named("read"), Breaks.EpochOfNodeRowsIgnored.class),
            broken("revocation.LeaseWait$Commit", named("isInTime"), Breaks.AlwaysInTime.class)),
    /** A logout that took long does not ask whether its commit is there still. */
    NOT_CONFIRMED(
            Aim.at("store-restore")
                    .choosing(Choice.SOON, true)
                    .choosing(Choice.LOGOUTS_HELD, true)
                    .choosing(Choice.BLIND, true)
                    .doing("lasting"),
            broken("revocation.LeaseWait$Commit", named("isInTime"), Breaks.AlwaysInTime.class)),
    /** What the store does not know is told to nobody. */
    GONE_NOT_ANNOUNCED(
            Aim.ALWAYS.doing("vanished"),
            broken("revocation.Announcements", named("announce"), Breaks.GoneNotAnnounced.class)),
    /** A node that starts afresh empties its facts and goes on with them. */
    FACTS_EMPTIED_IN_PLACE(
            Aim.at("false-fence")
                    .delaying(DelayPoint.BETWEEN_LEASE_AND_SET, 60, 250)
                    .delaying(DelayPoint.AFTER_ENDING_LEASE, 100, 150)
                    .delaying(DelayPoint.BEFORE_INSTALLING_FACTS, 100, 250),
            broken("revocation.Facts", named("end"), Breaks.FactsEmptied.class),
            broken("revocation.CurrentFacts", named("install"), Breaks.FactsGoOn.class)),
    /** A copy from a cache needs no seal. */
    SEAL_UNCHECKED(
            Aim.at("forging-cache"), broken("cache.seal.SealedCopies", named("open"), Breaks.SealUnchecked.class)),
    /** A token may bear any tag. */
    TAG_UNCHECKED(Aim.ALWAYS, broken("session.TokenVerifier", named("lacksTag"), Breaks.TagUnchecked.class)),
    /** Anybody may acknowledge. */
    ACKNOWLEDGEMENT_UNCHECKED(
            Aim.at("forging-channel"),
            broken("channel.PushFrame", named("read"), Breaks.AcknowledgementUnchecked.class));

    private final Aim aim;
    private final List<Place> places;

    BrokenRule(Aim aim, Place... places) {
        this.aim = aim;
        this.places = List.of(places);
    }

    /** What reveals it. */
    public Aim aim() {
        return aim;
    }

    List<Place> places() {
        return places;
    }

    /** As {@code -Dchaos.break} spells it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule of that spelling, or none for an empty one. */
    public static List<BrokenRule> spelt(String spelling) {
        List<BrokenRule> found = Arrays.stream(values())
                .filter(rule -> rule.spelling().equals(spelling))
                .toList();
        if (found.isEmpty() && !spelling.isEmpty()) {
            throw new IllegalArgumentException("chaos.break: no rule is called " + spelling);
        }
        return found;
    }

    AgentBuilder breakIn(AgentBuilder agent) {
        AgentBuilder broken = agent;
        for (Place place : places) {
            broken = ChaosAgent.advise(broken, place.type, place.method, place.advice);
        }
        return broken;
    }

    static List<BrokenRule> chosen() {
        return spelt(System.getProperty("chaos.break", ""));
    }

    private static Place broken(String type, ElementMatcher<? super MethodDescription> method, Class<?> advice) {
        return new Place("dev.lockstep." + type, method, advice);
    }

    /** A method of the product, and what is done there. */
    record Place(String type, ElementMatcher<? super MethodDescription> method, Class<?> advice) {}
}
