package dev.lockstep.chaos.agent;

import dev.lockstep.channel.SabotagedFrames;
import dev.lockstep.chaos.forge.Unsealed;
import dev.lockstep.revocation.Sabotage;
import dev.lockstep.store.jdbc.SabotagedLog;
import java.time.Duration;
import java.util.function.Predicate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.Argument;
import net.bytebuddy.asm.Advice.FieldValue;
import net.bytebuddy.asm.Advice.This;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * What the product does where a rule is broken. Byte Buddy copies the bodies of these methods into
 * the product's.
 */
final class Breaks {

    private Breaks() {}

    static final class NoLease {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean running) {
            running = true;
        }
    }

    static final class LeaseFromEnd {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 0, readOnly = false, typing = Typing.DYNAMIC) Object start) {
            start = Sabotage.startNow();
        }
    }

    static final class FactsAfterLease {
        @Advice.OnMethodEnter
        static void enter(@Argument(0) Object page, @Argument(1) Object facts, @FieldValue("lease") Duration lease) {
            Sabotage.grant(facts, lease, page);
        }
    }

    static final class StartRemembered {
        @Advice.OnMethodExit
        static void exit(@Advice.Return Object start) {
            Sabotage.remember(start);
        }
    }

    static final class AckBeforeApply {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static @Nullable Object enter(@This Object current, @Argument(0) Object message) {
            return Sabotage.acknowledgeFirst(current, message);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter @Nullable Object early,
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object answer) {
            if (early != null) {
                answer = early;
            }
        }
    }

    static final class FloorLate {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@This Object facts, @FieldValue("revoked") Object revoked) {
            return Sabotage.forgetFirst(facts, revoked);
        }
    }

    static final class NoWait {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object settled) {
            settled = java.util.concurrent.CompletableFuture.completedFuture(null);
        }
    }

    static final class CacheTrusted {
        @Advice.OnMethodExit
        static void exit(
                @Argument(0) @Nullable Object copy,
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object verdict) {
            if (copy != null) {
                verdict = dev.lockstep.revocation.Verdict.LIVE;
            }
        }
    }

    static final class JoinerTrusted {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 1, readOnly = false) Predicate<?> trusted) {
            trusted = Sabotage.EVERYTHING;
        }
    }

    static final class SecondRevokeReturnsAtOnce {
        @Advice.OnMethodEnter
        static long enter() {
            return System.currentTimeMillis();
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter long began, @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object outcomes) {
            outcomes = SabotagedLog.withoutOld(outcomes, began);
        }
    }

    static final class AsyncNotAwaited {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object settled) {
            settled = java.util.concurrent.CompletableFuture.completedFuture(null);
        }
    }

    static final class InterruptReturns {
        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
            if (Thread.currentThread().isInterrupted()) {
                thrown = null;
            }
        }
    }

    static final class AnothersSession {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) @Nullable Object found) {
            found = Sabotage.mixedUp(found);
        }
    }

    static final class EpochOfNodeRowsIgnored {
        @Advice.OnMethodEnter
        static void enter(
                @FieldValue("upTo") Object upTo,
                @Argument(value = 0, readOnly = false, typing = Typing.DYNAMIC) Object nodes) {
            nodes = Sabotage.withHead(upTo, nodes);
        }
    }

    static final class AlwaysInTime {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean inTime) {
            inTime = true;
        }
    }

    static final class CommitsAsTheServerSays {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) String sql) {
            sql = sql.replace("set_config('synchronous_commit'", "set_config('application_name'");
        }
    }

    static final class GoneNotAnnounced {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Argument(1) Runnable then) {
            then.run();
            return true;
        }
    }

    static final class OwnLeaseForAll {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 0, readOnly = false) Duration lease) {
            lease = Sabotage.OWN_LEASE;
        }
    }

    static final class EpochIgnored {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 0, readOnly = false) long epoch) {
            epoch = 0;
        }
    }

    static final class FactsEmptied {
        @Advice.OnMethodExit
        static void exit(@FieldValue("revoked") Object revoked) {
            Sabotage.empty(revoked);
        }
    }

    static final class FactsGoOn {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@FieldValue("facts") Object old, @Argument(0) Object next) {
            return Sabotage.goOnWith(old, next);
        }
    }

    /** On all methods of that name, of which the one that is asked takes a digest first. */
    static final class SealUnchecked {
        @Advice.OnMethodExit
        static void exit(
                @Advice.AllArguments Object[] arguments,
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) @Nullable Object copy) {
            copy = copy == null ? Unsealed.copy(arguments) : copy;
        }
    }

    static final class TagUnchecked {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean lacks) {
            lacks = false;
        }
    }

    static final class AcknowledgementUnchecked {
        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(
                @Argument(0) byte[] bytes,
                @Argument(1) Object keys,
                @Advice.Thrown(readOnly = false) @Nullable Throwable thrown,
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) @Nullable Object frame) {
            Object unchecked = thrown == null ? null : SabotagedFrames.unchecked(bytes, keys);
            if (unchecked != null) {
                frame = unchecked;
                thrown = null;
            }
        }
    }
}
