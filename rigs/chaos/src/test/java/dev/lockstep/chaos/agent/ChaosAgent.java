package dev.lockstep.chaos.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.lockstep.chaos.forge.ForgedMessages;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.time.Instant;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * The agent of the node JVMs, and of H2's. It changes the product's classes while they are loaded,
 * so that the jar stays what is shipped: delays at the {@link DelayPoint}s, a wall clock that can
 * be set, sessions of {@link ShortLife}, a {@link QuickSweep}, somebody between a channel and its
 * messages, and, where {@code chaos.break} says so, one rule broken. A method that it does not find
 * makes the node fail.
 */
public final class ChaosAgent {

    static final String SWEEPER = "dev.lockstep.session.Sweeper";

    private ChaosAgent() {}

    public static void premain(String argument, Instrumentation instrumentation) {
        AgentBuilder agent = new AgentBuilder.Default().with(new FailureReport());
        for (DelayPoint point : DelayPoint.values()) {
            agent = delay(agent, point);
        }
        agent = advise(agent, "dev.lockstep.spi.NodeClock$1", named("wallMillis"), JumpingClock.class);
        agent = advise(agent, "dev.lockstep.cdi.DeploymentContext", named("pushMessages"), Messages.class);
        agent = advise(agent, "dev.lockstep.spi.NewSession", ElementMatchers.isConstructor(), Lifetime.class);
        agent = advise(
                agent, "dev.lockstep.concurrent.Recurring", named("every").and(takesArguments(3)), Period.class);
        agent = agent.type(named(SWEEPER))
                .transform((builder, target, loader, module, domain) -> builder.visit(quickGrace()));
        agent = advise(
                agent,
                "org.h2.util.DateTimeUtils",
                named("currentTimestamp").and(takesArguments(2)),
                JumpingDatabaseClock.class);
        agent = advise(agent, "dev.lockstep.store.jdbc.mariadb.MariaDbDialect", named("now"), JumpingExpression.class);
        for (BrokenRule rule : BrokenRule.chosen()) {
            agent = rule.breakIn(agent);
        }
        agent.installOn(instrumentation);
    }

    static AgentBuilder advise(
            AgentBuilder agent, String type, ElementMatcher<? super MethodDescription> method, Class<?> advice) {
        return agent.type(named(type)).transform((builder, target, loader, module, domain) -> {
            FailureReport.require(target, method);
            return builder.visit(Advice.to(advice).on(method));
        });
    }

    /** In place of the grace that the product gives expired sessions before it deletes them. */
    static AsmVisitorWrapper quickGrace() {
        try {
            return MemberSubstitution.relaxed()
                    .field(named("SWEEP_GRACE"))
                    .onRead()
                    .replaceWith(QuickSweep.class.getField("GRACE"))
                    .on(ElementMatchers.any());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AgentBuilder delay(AgentBuilder agent, DelayPoint point) {
        Class<?> advice = point.atEntry ? DelayAtEntry.class : DelayAtExit.class;
        return agent.type(named(point.type)).transform((builder, target, loader, module, domain) -> {
            FailureReport.require(target, named(point.method));
            return builder.visit(Advice.withCustomMapping()
                    .bind(PointName.class, point.name())
                    .to(advice)
                    .on(named(point.method)));
        });
    }

    /** Stands for the name of the delay point. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface PointName {}

    static final class DelayAtEntry {
        @Advice.OnMethodEnter
        static void enter(@PointName String point) {
            Delays.at(point);
        }
    }

    static final class DelayAtExit {
        @Advice.OnMethodExit
        static void exit(@PointName String point) {
            Delays.at(point);
        }
    }

    static final class JumpingClock {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long millis) {
            millis += WallClock.offsetMillis();
        }
    }

    static final class JumpingDatabaseClock {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) Instant now) {
            now = now.plusMillis(WallClock.offsetMillis());
        }
    }

    /** The table is one that the fault test makes. */
    static final class JumpingExpression {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) String now) {
            now = "(".concat(now).concat(" + (SELECT ahead FROM chaos.clock))");
        }
    }

    static final class Period {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue("what") String what, @Advice.Argument(value = 1, readOnly = false) Duration delay) {
            delay = QuickSweep.period(what, delay);
        }
    }

    static final class Lifetime {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(2) String principal, @Advice.Argument(value = 5, readOnly = false) Duration absolute) {
            absolute = ShortLife.of(principal, absolute);
        }
    }

    /** What nodes push to each other goes through whoever may forge it. */
    static final class Messages {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object messages) {
            messages = ForgedMessages.around(messages);
        }
    }
}
