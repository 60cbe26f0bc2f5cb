package dev.lockstep.session;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.Argument;
import net.bytebuddy.asm.Advice.FieldValue;

/** Races of single flight: Byte Buddy copies these bodies into the product's. */
public final class SessionBreaks {

    private static final Predicate<SessionCopy> ANY = copy -> true;

    private SessionBreaks() {}

    public static Predicate<SessionCopy> any() {
        return ANY;
    }

    /** A load leaves the ones under way before it begins. */
    public static final class LeftEarly {
        @Advice.OnMethodEnter
        static void enter(
                @FieldValue("underWay") ConcurrentMap<TokenDigest, ?> underWay, @Argument(0) TokenDigest digest) {
            underWay.remove(digest);
        }
    }

    /** Whoever joins a load uses its result as it is. */
    public static final class Trusting {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 1, readOnly = false) Predicate<SessionCopy> trusted) {
            trusted = SessionBreaks.any();
        }
    }
}
