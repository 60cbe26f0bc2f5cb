package dev.lockstep.revocation;

import java.util.Map;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.FieldValue;
import net.bytebuddy.asm.Advice.OnNonDefaultValue;

/** Races of the waiting for nodes: Byte Buddy copies these bodies into the product's. */
public final class RevocationBreaks {

    private RevocationBreaks() {}

    /** The room fails those who wait, and is closed behind that. */
    public static final class ClosedLate {
        @Advice.OnMethodEnter(skipOn = OnNonDefaultValue.class)
        static boolean enter(@FieldValue("waits") Set<LeaseWait> waits) {
            for (LeaseWait wait : waits) {
                wait.fail(LeaseWait.ended());
            }
            return true;
        }

        @Advice.OnMethodExit
        static void exit(@FieldValue(value = "closed", readOnly = false) boolean closed) {
            closed = true;
        }
    }

    /** The nodes of a wait that fails are given up before it has failed. */
    public static final class GivenUpFirst {
        @Advice.OnMethodEnter
        static void enter(@FieldValue("pending") Map<String, ?> pending) {
            pending.clear();
        }
    }
}
