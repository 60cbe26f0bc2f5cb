package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionManager;
import dev.lockstep.SessionToken;
import dev.lockstep.cache.memory.MemoryCacheProvider;
import dev.lockstep.contract.ContractContext;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a node that has served requests from its near cache holds the tokens that they bore. */
class TokensInTheHeapTest extends NodeScenario {

    private static final int REQUESTS = 20_000;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void noTokenIsLeftOnceItsRequestsAreOver() throws IOException {
        SessionManager sessions =
                node(MemoryCacheProvider.open(ContractContext.of("test", scheduler, NodeClock.SYSTEM)), null, LEASE);
        String planted = "Bearer " + used(sessions);
        byte[] forgotten = HeapDump.masked(bytes(used(sessions)));
        byte[] wide = HeapDump.masked(wide(HeapDump.masked(forgotten.clone())));

        HeapDump heap = HeapDump.take(directory.resolve("live.hprof"));

        assertThat(heap.holds(bytes(planted))).isTrue();
        assertThat(heap.holds(HeapDump.masked(forgotten))).isFalse();
        assertThat(heap.holds(HeapDump.masked(wide))).isFalse();
    }

    /** Opens a session, uses it as requests do, each with a header of its own, and ends none. */
    private String used(SessionManager sessions) {
        IssuedToken issued = openOnceLeased(sessions);
        String token = issued.token().value();
        int before = store.reads();
        for (int i = 0; i < REQUESTS; i++) {
            String header = new StringBuilder("Bearer ").append(token).toString();
            assertThat(sessions.find(SessionToken.within(header, 7, header.length())))
                    .isPresent();
        }
        assertThat(store.reads()).isEqualTo(before);
        return token;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** As in an array of characters, of the byte order that this is run on mostly. */
    private static byte[] wide(byte[] narrow) {
        return new String(narrow, StandardCharsets.US_ASCII).getBytes(StandardCharsets.UTF_16BE);
    }
}
