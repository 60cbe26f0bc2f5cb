package dev.lockstep.session;

import dev.lockstep.RevocationOutcome;
import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.revocation.Verdict;
import dev.lockstep.spi.TimedCache.TimedCopy;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.Argument;
import org.jspecify.annotations.Nullable;

/** The same for sessions. */
final class SessionSlips {

    private SessionSlips() {}

    static final class CacheTrusted {
        @Advice.OnMethodExit
        static void exit(@Argument(0) @Nullable TimedCopy kept, @Advice.Return(readOnly = false) Verdict verdict) {
            if (kept != null) {
                verdict = Verdict.LIVE;
            }
        }
    }

    static final class JoinerTrusted {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 1, readOnly = false) Predicate<SessionCopy> trusted) {
            trusted = Everything.INSTANCE;
        }
    }

    static final class AnothersSession {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) @Nullable Session found) {
            found = Everything.mixedUp(found);
        }
    }

    static final class NotAwaited {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) CompletableFuture<RevocationOutcome> settled) {
            settled = CompletableFuture.completedFuture(null);
        }
    }

    static final class RotationNotAwaited {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    /** What these bodies need; it is loaded with the product. */
    static final class Everything implements Predicate<SessionCopy> {

        static final Predicate<SessionCopy> INSTANCE = new Everything();
        private static final int SELDOM = 1_000;
        private static int passes;
        private static @Nullable Session last;

        @Override
        public boolean test(SessionCopy copy) {
            return true;
        }

        static @Nullable Session mixedUp(@Nullable Session found) {
            Session former = last;
            last = found == null ? last : found;
            return found != null && ++passes % SELDOM == 0 ? former : found;
        }
    }
}
