package dev.lockstep.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connection.KeptConnection.End;
import dev.lockstep.contract.CapturedLog;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that take their time to close, with one thread for all, and a timer rung by hand. */
class ConnectionCloserTest {

    private static final int PATIENCE_SECONDS = 20;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final BlockingQueue<Runnable> rings = new LinkedBlockingQueue<>();
    private final ConnectionCloser closer = new ConnectionCloser(thread, timer(rings::add));
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    /** Of a client that does not read, say, and has opened many. */
    @Test
    void oneThatHangsIsInterrupted() throws Exception {
        try (CapturedLog log = new CapturedLog(ConnectionCloser.class.getName())) {
            closer.closeLater(
                    "a",
                    List.<KeptConnection>of(new Hanging(), new Hanging(), brief("last"))
                            .iterator());

            next(rings).run();
            next(rings).run();

            assertThat(next(closed)).isEqualTo("interrupted");
            assertThat(next(closed)).isEqualTo("interrupted");
            assertThat(next(closed)).isEqualTo("last");
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0224 ");
        }
    }

    @Test
    void sessionsTakeTurns() throws Exception {
        Hanging first = new Hanging();
        Stream<KeptConnection> more = Stream.generate(Hanging::new);
        closer.closeLater("a", Stream.concat(Stream.of(first), more).iterator());
        assertThat(first.begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        closer.closeLater("b", List.of(brief("b")).iterator());

        next(rings).run();
        next(rings).run();

        assertThat(next(closed)).isEqualTo("interrupted");
        assertThat(next(closed)).isEqualTo("interrupted");
        assertThat(next(closed)).isEqualTo("b");
    }

    @Test
    void whatClosesInTimeIsNotInterruptedAndNeitherIsTheNext() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        closer.closeLater(
                "a",
                List.<KeptConnection>of(brief("first"), closing(mayEnd::await), brief("last"))
                        .iterator());
        Runnable late = next(rings);
        assertThat(next(closed)).isEqualTo("first");
        next(rings);

        late.run();
        mayEnd.countDown();

        assertThat(next(closed)).isEqualTo("last");
    }

    /** Else it would be told to go on with something else as well. */
    @Test
    void aThreadThatWasInterruptedIsNotAfterwards() {
        closer.close("a", closing(() -> rings.remove().run()), End.OF_APPLICATION);

        assertThat(Thread.interrupted()).isFalse();
    }

    /** A container that ends an application may give none any more, not even for the timer. */
    @Test
    void whereThereAreNoThreadsTheCallingOneCloses() {
        ConnectionCloser alone = new ConnectionCloser(
                task -> {
                    throw new IllegalStateException("a container of a test gives no thread");
                },
                timer(ring -> {
                    throw new IllegalStateException("a container of a test gives no thread");
                }));

        alone.closeLater("a", List.of(brief("first"), brief("second")).iterator());
        alone.closeAll(List.of(() -> alone.close("b", brief("third"), End.OF_APPLICATION)));

        assertThat(closed).containsExactly("first", "second", "third");
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing came");
    }

    private KeptConnection brief(String name) {
        return closing(() -> closed.add(name));
    }

    private static KeptConnection closing(AutoCloseable how) {
        return new PlainConnection(how);
    }

    private static ScheduledExecutorService timer(Consumer<Runnable> rings) {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                ConnectionCloserTest.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (self, method, given) -> {
                    assertThat(method.getName()).isEqualTo("schedule");
                    rings.accept((Runnable) given[0]);
                    return null;
                });
    }

    /** Until it is interrupted. */
    private final class Hanging implements KeptConnection {

        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close(End end) {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                closed.add("interrupted");
            }
        }
    }
}
