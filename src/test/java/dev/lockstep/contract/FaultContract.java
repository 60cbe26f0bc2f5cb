package dev.lockstep.contract;

import static dev.lockstep.contract.OpenedCaches.awaitAnswers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.process.ServerProcess;
import dev.lockstep.spi.SessionCacheProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a cache does whose server comes late, stands still, dies, and comes back without its data.
 * Each test has a server to itself.
 *
 * @param <S> the kind of server
 */
public abstract class FaultContract<S extends ServerProcess> {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private OpenedCaches caches;
    private S server;

    /** The kind of cache under test. */
    protected abstract SessionCacheProvider provider();

    /** A server that has not been started yet. */
    protected abstract S notYetStarted() throws IOException;

    /** The settings of a cache on that server, without the prefix. */
    protected abstract Map<String, String> settings(S server);

    /** The number of the message that the server cannot be reached. */
    protected abstract String unreachable();

    /** Takes from a server that was killed what it had on disk. */
    protected void wipe(S server) throws IOException {}

    @BeforeEach
    void prepare() throws IOException {
        caches = new OpenedCaches(provider(), "/fault");
        server = notYetStarted();
    }

    @AfterEach
    void stop() throws Exception {
        caches.close();
        server.close();
    }

    @Test
    void aServerThatComesLateIsFound() throws IOException {
        SessionCache cache = open();
        assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageStartingWith(unreachable());
        server.start();
        awaitAnswers(cache);
    }

    @Test
    void aServerThatComesBackWithoutItsDataIsFoundAgain() throws IOException {
        SessionCache cache = startAndOpen();
        SessionCopy copy = awaitAnswers(cache);
        server.kill();
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> cache.get(copy.digest())).isInstanceOf(CacheException.class));
        wipe(server);
        server.start();
        awaitAnswers(cache);
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void aServerThatHangsCostsTheDeadlineAndIsUsedAgain() throws IOException {
        SessionCache cache = startAndOpen();
        SessionCopy copy = awaitAnswers(cache);
        server.pause();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> cache.get(copy.digest())).isInstanceOf(CacheException.class);
        }
        server.resume();
        awaitAnswers(cache);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    private SessionCache startAndOpen() throws IOException {
        server.start();
        server.awaitListening();
        return open();
    }

    private SessionCache open() {
        return caches.open(settings(server), TIMEOUT);
    }
}
