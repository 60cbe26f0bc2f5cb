package dev.lockstep.cache.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.CacheException;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.contract.HandClock;
import dev.lockstep.revocation.HandScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** With a server whose connections are numbers. */
class ReconnectingClientTest {

    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private final HandClock clock = new HandClock();
    private final HandScheduler scheduler = new HandScheduler(clock);
    private final Server server = new Server();

    @AutoClose
    private final CapturedLog log = new CapturedLog(Server.class.getName());

    @Test
    void aServerThatIsAwayIsToldOnceAndFoundWithinASecond() {
        server.away = new IOException("refused");
        ReconnectingClient<Integer> client = open();
        scheduler.advance(Duration.ofSeconds(10));
        assertThatThrownBy(() -> ask(client)).isInstanceOf(CacheException.class).hasMessage("unconnected");

        server.away = null;
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(ask(client)).isOne();
        assertThat(log.messages()).containsExactly("unreachable: java.io.IOException: refused; remedy", "reached");
    }

    @Test
    void aServerThatRefusesForGoodIsAskedEverMoreSeldom() {
        server.away = new IOException("refused");
        server.lasting = true;
        open();

        scheduler.advance(Duration.ofSeconds(50));

        assertThat(server.attempts).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 47L);
    }

    @Test
    void anErrorIsNotTheEndOfConnecting() {
        server.away = new OutOfMemoryError("a failure of a test");
        ReconnectingClient<Integer> client = open();
        scheduler.run();

        server.away = null;
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(ask(client)).isOne();
    }

    @Test
    void aConnectionOnWhichThreeOperationsInARowFailIsDiscarded() {
        server.remedy = RemoteServer.Remedy.DISCARD;
        ReconnectingClient<Integer> client = connected();
        fail(client, 2);
        assertThat(ask(client)).isOne();
        fail(client, 2);
        assertThat(ask(client)).isOne();
        fail(client, 3);
        assertThatThrownBy(() -> ask(client)).hasMessage("unconnected");

        scheduler.run();

        assertThat(server.disconnected).containsExactly(1);
        assertThat(ask(client)).isEqualTo(2);
    }

    @Test
    void aConnectionThatIsReplacedServesUntilThereIsAnotherAndAnswersWhatItWasAsked() {
        server.remedy = RemoteServer.Remedy.REPLACE;
        ReconnectingClient<Integer> client = connected();
        CompletableFuture<Integer> next = new CompletableFuture<>();
        server.next = next;
        fail(client, 3);
        scheduler.run();
        assertThat(ask(client)).isOne();

        next.complete(2);

        assertThat(ask(client)).isEqualTo(2);
        assertThat(server.disconnected).isEmpty();
        scheduler.advance(TIMEOUT);
        assertThat(server.disconnected).containsExactly(1);
    }

    @Test
    void aConnectionThatCouldNotBeReplacedIsReplacedAfterTheNextFailure() {
        server.remedy = RemoteServer.Remedy.REPLACE;
        ReconnectingClient<Integer> client = connected();
        server.away = new IOException("refused");
        fail(client, 3);
        scheduler.run();
        assertThat(ask(client)).isOne();

        server.away = null;
        fail(client, 1);
        scheduler.run();

        assertThat(ask(client)).isEqualTo(2);
    }

    @Test
    void aConnectionOnWhichTheServerRefusesWhatIsAskedIsKept() {
        ReconnectingClient<Integer> client = connected();
        fail(client, 10);
        scheduler.run();
        assertThat(ask(client)).isOne();
    }

    @Test
    void anOperationThatIsNotAnsweredInTimeIsCancelled() {
        ReconnectingClient<Integer> client = connected();
        CompletableFuture<Integer> never = new CompletableFuture<>();
        assertThatThrownBy(() -> client.call(connection -> never))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith("failed: ")
                .hasMessageContaining("no answer within 100 ms");
        assertThat(never).isCancelled();
    }

    @Test
    void aConnectionThatIsMadeAfterClosingIsClosed() {
        CompletableFuture<Integer> late = new CompletableFuture<>();
        server.next = late;
        ReconnectingClient<Integer> client = open();
        scheduler.run();

        client.close();
        late.complete(1);

        assertThat(server.disconnected).containsExactly(1);
        assertThat(server.closed).isTrue();
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(server.attempts).hasSize(1);
    }

    private ReconnectingClient<Integer> connected() {
        ReconnectingClient<Integer> client = open();
        scheduler.run();
        return client;
    }

    private ReconnectingClient<Integer> open() {
        ContractContext context =
                ContractContext.of("/remote", scheduler, clock).withTimeout(TIMEOUT);
        return ReconnectingClient.open(server, context, scheduler, Duration.ZERO);
    }

    private static @Nullable Integer ask(ReconnectingClient<Integer> client) {
        return client.call(CompletableFuture::completedFuture);
    }

    private static void fail(ReconnectingClient<Integer> client, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() ->
                            client.call(connection -> CompletableFuture.failedFuture(new IllegalStateException("no"))))
                    .isInstanceOf(CacheException.class)
                    .hasMessage("failed: java.lang.IllegalStateException: no");
        }
    }

    private final class Server implements RemoteServer<Integer> {

        private final long begin = clock.nanoTime();
        private final List<Long> attempts = new ArrayList<>();
        private final List<Integer> disconnected = new ArrayList<>();
        private @Nullable Throwable away;
        private @Nullable CompletionStage<Integer> next;
        private Remedy remedy = Remedy.KEEP;
        private boolean lasting;
        private boolean closed;
        private int connections;

        @Override
        public ServerMessages messages() {
            return new ServerMessages("it", "unreachable: ", "; remedy", "reached", "unconnected", "failed: ");
        }

        @Override
        public CompletionStage<Integer> connect() throws Exception {
            attempts.add(Duration.ofNanos(clock.nanoTime() - begin).toSeconds());
            if (away instanceof Error error) {
                throw error;
            } else if (away instanceof Exception exception) {
                throw exception;
            }
            return next == null ? CompletableFuture.completedStage(++connections) : next;
        }

        @Override
        public void disconnect(Integer connection) {
            disconnected.add(connection);
        }

        @Override
        public Remedy remedy(Throwable failure) {
            return remedy;
        }

        @Override
        public boolean isLasting(Throwable failure) {
            return lasting;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
