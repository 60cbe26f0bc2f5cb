package dev.lockstep.revocation;

import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.RevocationLog;
import dev.lockstep.spi.RevocationLog.NodeRow;
import dev.lockstep.spi.RevocationLog.NodeRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.Argument;
import net.bytebuddy.asm.Advice.FieldValue;

/**
 * What the protocol does where one of its rules is broken: Byte Buddy copies these bodies into the
 * product's.
 */
final class RevocationSlips {

    private RevocationSlips() {}

    static final class NoLease {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean running) {
            running = true;
        }
    }

    static final class LeaseByOneClock {
        @Advice.OnMethodExit
        static void exit(
                @FieldValue("endNanos") long end,
                @Argument(0) long nanos,
                @Advice.Return(readOnly = false) boolean runs) {
            runs = nanos - end < 0;
        }
    }

    static final class LeaseFromEnd {
        @Advice.OnMethodEnter
        static void enter(
                @FieldValue("clock") NodeClock clock, @Argument(value = 0, readOnly = false) Lease.Start start) {
            start = Lease.Start.now(clock);
        }
    }

    static final class AcknowledgedUnapplied {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static Optional<String> enter(@FieldValue("facts") Facts facts) {
            return Optional.of(facts.nodeId());
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter Optional<String> early, @Advice.Return(readOnly = false) Optional<String> answer) {
            answer = early;
        }
    }

    static final class FloorForgotten {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@FieldValue("revoked") RevokedSet revoked, @FieldValue("clock") NodeClock clock) {
            revoked.forgetOlder(clock.nanoTime());
            return true;
        }
    }

    static final class NoWait {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) CompletableFuture<Settled> settled) {
            settled = CompletableFuture.completedFuture(Settled.NOTHING);
        }
    }

    static final class PositionTurnedRound {
        @Advice.OnMethodExit
        static void exit(
                @FieldValue("floor") long floor,
                @FieldValue("epoch") long epoch,
                @Argument(1) long copyEpoch,
                @Argument(2) long position,
                @Advice.Return(readOnly = false) boolean reached) {
            reached = floor >= position && copyEpoch == epoch;
        }
    }

    static final class ShortLeaseForAll {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 0, readOnly = false) Duration lease) {
            lease = Duration.ofMillis(200);
        }
    }

    static final class NoMargin {
        @Advice.OnMethodExit
        static void exit(@Argument(0) Duration lease, @Advice.Return(readOnly = false) Duration over) {
            over = lease;
        }
    }

    static final class ExpiryIgnored {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long millis) {
            millis = 0;
        }
    }

    static final class EpochIgnored {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 0, readOnly = false) long epoch) {
            epoch = 0;
        }
    }

    static final class CopyEpochIgnored {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 2, readOnly = false) long epoch) {
            epoch = 0;
        }
    }

    static final class EpochOfNodeRowsIgnored {
        @Advice.OnMethodEnter
        static void enter(@FieldValue("upTo") LogPosition upTo, @Argument(value = 0, readOnly = false) NodeRows nodes) {
            nodes = new NodeRows(new LogPosition(upTo.epoch(), Long.MAX_VALUE), nodes.rows());
        }
    }

    static final class AlwaysInTime {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean inTime) {
            inTime = true;
        }
    }

    static final class GoneUnannounced {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Argument(1) Runnable then) {
            then.run();
            return true;
        }
    }

    static final class LeaseNotEnded {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    static final class RowRemovedAtOnce {
        @Advice.OnMethodEnter
        static void enter(@FieldValue("log") RevocationLog log, @Argument(0) List<NodeRow> rows) {
            log.remove(rows.stream().map(NodeRow::id).toList());
        }
    }

    static final class Undurable {
        @Advice.OnMethodEnter
        static void enter(@Argument(value = 0, readOnly = false) boolean durably) {
            durably = false;
        }
    }
}
