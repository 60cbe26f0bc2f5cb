package dev.lockstep.chaos.agent;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** The rules of the protocol that can be broken, one at a time, and where. What takes their place is in {@link Breaks}. */
public enum BrokenRule {
    /** A lease never ends. */
    NO_LEASE("revocation.Lease", named("isRunning"), Breaks.NoLease.class),
    /** A lease is counted from the end of the poll. */
    LEASE_FROM_END("revocation.Facts", named("grant"), Breaks.LeaseFromEnd.class),
    /** The lease is published before the facts that it vouches for. */
    FACTS_AFTER_LEASE("revocation.Feed", named("applyPage"), Breaks.FactsAfterLease.class) {
        @Override
        AgentBuilder breakIn(AgentBuilder agent) {
            return ChaosAgent.advise(
                    super.breakIn(agent),
                    "dev.lockstep.revocation.Lease$Start",
                    named("now"),
                    Breaks.StartRemembered.class);
        }
    },
    /** A push is acknowledged before it is applied. */
    ACK_BEFORE_APPLY("revocation.CurrentFacts", named("apply"), Breaks.AckBeforeApply.class),
    /** The floor is raised after what lies below it was forgotten. */
    FLOOR_LATE("revocation.Facts", named("forget"), Breaks.FloorLate.class),
    /** A revocation returns when it is committed. */
    NO_WAIT("revocation.Settlement", named("settle"), Breaks.NoWait.class),
    /** A copy from a cache is used as it is. */
    CACHE_TRUSTED("session.Validation", named("judge"), Breaks.CacheTrusted.class),
    /** Whoever joins a load uses its result as it is. */
    JOINER_TRUSTED("session.Loads", named("load"), Breaks.JoinerTrusted.class),
    /** Revoking what is revoked already waits for nobody. */
    SECOND_REVOKE_RETURNS_AT_ONCE(
            "store.jdbc.PostgresLogChanges$LogRow", named("map"), Breaks.SecondRevokeReturnsAtOnce.class),
    /** Other nodes' leases are taken to be as long as one's own. */
    OWN_LEASE_FOR_ALL("revocation.LeaseTime", named("certainlyOver"), Breaks.OwnLeaseForAll.class),
    /** All epochs are the same. */
    EPOCH_IGNORED("LogPosition", isConstructor(), Breaks.EpochIgnored.class),
    /** A node that starts afresh empties its facts and goes on with them. */
    FACTS_EMPTIED_IN_PLACE("revocation.Facts", named("end"), Breaks.FactsEmptied.class) {
        @Override
        AgentBuilder breakIn(AgentBuilder agent) {
            return ChaosAgent.advise(
                    super.breakIn(agent),
                    "dev.lockstep.revocation.CurrentFacts",
                    named("install"),
                    Breaks.FactsGoOn.class);
        }
    };

    private final String type;
    private final ElementMatcher<? super MethodDescription> method;
    private final Class<?> advice;

    BrokenRule(String type, ElementMatcher<? super MethodDescription> method, Class<?> advice) {
        this.type = "dev.lockstep." + type;
        this.method = method;
        this.advice = advice;
    }

    /** As {@code -Dchaos.break} spells it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    AgentBuilder breakIn(AgentBuilder agent) {
        return ChaosAgent.advise(agent, type, method, advice);
    }

    static List<BrokenRule> chosen() {
        String name = System.getProperty("chaos.break", "");
        List<BrokenRule> chosen = Arrays.stream(values())
                .filter(rule -> rule.spelling().equals(name))
                .toList();
        if (chosen.isEmpty() && !name.isEmpty()) {
            throw new IllegalArgumentException("chaos.break: no rule is called " + name);
        }
        return chosen;
    }
}
