package dev.lockstep.cache.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often, and when, a receiver is handed what comes over a transport. */
class PokeInboxTest {

    private static final Duration PAUSE = Duration.ofMillis(30);

    private final Scheduler thread = new Scheduler();
    private final Hearing receiver = new Hearing();
    private final PokeInbox inbox = new PokeInbox("own", receiver, thread);

    @AfterEach
    void stop() {
        receiver.goOn.countDown();
        thread.shutdownNow();
    }

    @Test
    void whatComesMeanwhileIsHandedOverTogetherByOneMore() {
        receiver.goOn = new CountDownLatch(1);
        inbox.add(text("a", 0));
        await().until(() -> receiver.heard.size() == 1);
        for (int i = 1; i <= 100; i++) {
            inbox.add(text("a", i));
        }
        assertThat(thread.delays).hasSize(1);

        receiver.goOn.countDown();

        await().until(() -> receiver.heard.size() == 2);
        assertThat(receiver.heard.get(1)).hasSize(100);
        awaitIdle();
        assertThat(thread.delays).hasSize(2);
    }

    @Test
    void whatIsPutOffComesAgainAfterThePauseAndNothingBeforeIt() {
        receiver.pauses.addAll(List.of(PAUSE, PAUSE));
        inbox.add(text("a", 1));
        await().until(() -> receiver.heard.size() == 3);

        awaitIdle();
        assertThat(receiver.heard).allSatisfy(pokes -> assertThat(pokes).hasSize(1));
        assertThat(thread.delays).containsExactly(Duration.ZERO, PAUSE, PAUSE);
    }

    /** The bound of the polls that a flood can bring about: what the receiver asks for. */
    @Test
    void aFloodBringsNothingForwardThatWasPutOff() {
        receiver.pauses.add(Duration.ofHours(1));
        inbox.add(text("a", 0));
        await().until(() -> thread.delays.size() == 2);

        for (int i = 1; i <= 1_000; i++) {
            inbox.add(text("a", i));
        }

        assertThat(thread.delays).containsExactly(Duration.ZERO, Duration.ofHours(1));
        assertThat(receiver.heard).hasSize(1);
    }

    @Test
    void afterAReceiverThatThrewTheNextAreHandedOver() {
        try (CapturedLog log = new CapturedLog("dev.lockstep")) {
            receiver.broken = true;
            inbox.add(text("a", 1));
            await().until(() -> !log.messages().isEmpty());
            receiver.broken = false;

            inbox.add(text("a", 2));

            await().until(() -> receiver.heard.size() == 2);
        }
    }

    @Test
    void itsOwnAndWhatIsNoPokeTakeNoThread() {
        inbox.add(text("own", 1));
        inbox.add("garbage");

        assertThat(thread.delays).isEmpty();
    }

    @Test
    void whatComesAfterTheEndIsLeft() {
        thread.shutdownNow();

        inbox.add(text("a", 1));

        assertThat(receiver.heard).isEmpty();
    }

    private void awaitIdle() {
        await().until(() -> thread.getActiveCount() == 0 && thread.getQueue().isEmpty());
    }

    private static String text(String sender, long position) {
        return new Poke(Kind.COMMITTED, new LogPosition(1, position), sender).text();
    }

    /** One thread, and after which delays it was to run something. */
    private static final class Scheduler extends ScheduledThreadPoolExecutor {

        private final List<Duration> delays = new CopyOnWriteArrayList<>();

        Scheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            delays.add(Duration.ofNanos(unit.toNanos(delay))); // before it can run
            return super.schedule(task, delay, unit);
        }
    }

    private static final class Hearing implements Receiver {

        private final List<Collection<Poke>> heard = new CopyOnWriteArrayList<>();
        private final List<Duration> pauses = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch goOn = new CountDownLatch(0);
        private volatile boolean broken;

        @Override
        public Optional<String> apply(Message message) {
            return Optional.empty();
        }

        @Override
        public Duration poked(Collection<Poke> pokes) {
            heard.add(pokes);
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return pauses.isEmpty() ? Duration.ZERO : pauses.remove(0);
        }
    }
}
