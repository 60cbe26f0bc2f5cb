package dev.lockstep.cache.sharedmemory;

import static dev.lockstep.cache.jvm.ChildJvm.LONG_ENOUGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbOpener;
import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.SessionCopies;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Something else has written to its file. JVMs of their own have it open, as one could die of it.
 */
class SharedMemoryDamageTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    @AutoClose
    private OneFolderCaches caches;

    @BeforeEach
    void start() {
        caches = new OneFolderCaches(folder, "4m");
    }

    @Test
    void aFileThatIsNoneOfLmdbsIsReplaced() throws Exception {
        caches.file().prepare();
        Files.writeString(caches.file().path(), "none of LMDB's".repeat(PAGE));
        try (CapturedLog log = new CapturedLog(LmdbOpener.class.getName())) {
            assertServes(caches.here());
            assertThat(log.messages()).singleElement().asString().startsWith("LOCKSTEP-0360");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, PAGE, 2 * PAGE, 3 * PAGE, 20 * PAGE})
    void noJvmDiesOfAFileThatWasCutShortBeforeItBegan(int length) throws Exception {
        List<SessionCopy> copies = leaveCopies();
        cut(length);
        assertNothingIsWrong(copies);
    }

    @Test
    void aFileWithPagesOfZerosIsReplaced() throws Exception {
        List<SessionCopy> copies = leaveCopies();
        try (RandomAccessFile file = new RandomAccessFile(caches.file().path().toFile(), "rw")) {
            file.seek(2 * PAGE);
            file.write(new byte[(int) Math.min(file.length(), 400 * PAGE) - 2 * PAGE]);
        }
        assertNothingIsWrong(copies);
    }

    @Test
    void aFileThatIsCutShortWhileItIsOpenIsReplaced() throws Exception {
        RemoteCache cache = caches.elsewhere();
        Object before = caches.heldIdentity();
        cut(20 * PAGE);
        await().atMost(LONG_ENOUGH).until(() -> caches.file().identity(), now -> now != null && !now.equals(before));
        assertServes(cache);
    }

    private List<SessionCopy> leaveCopies() {
        List<SessionCopy> copies =
                Stream.generate(SessionCopies::fresh).limit(500).toList();
        try (SharedMemoryCache cache = caches.here()) {
            copies.forEach(copy -> cache.put(copy, LONG));
        }
        return copies;
    }

    private void cut(int length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(caches.file().path().toFile(), "rw")) {
            file.setLength(length);
        }
    }

    /**
     * What a JVM that begins now finds of these copies, sooner or later: each as it was, or
     * nothing.
     */
    private void assertNothingIsWrong(List<SessionCopy> copies) {
        RemoteCache next = caches.elsewhere();
        await().atMost(LONG_ENOUGH)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> copies.stream().allMatch(copy -> isNothingOr(copy, next.get(copy.digest()))));
        assertServes(next);
    }

    private static boolean isNothingOr(SessionCopy copy, SessionCopy found) {
        return found == null || found.equals(copy);
    }

    private static void assertServes(SessionCache cache) {
        await().atMost(LONG_ENOUGH).ignoreExceptions().untilAsserted(() -> {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, LONG);
            assertThat(cache.get(copy.digest())).isEqualTo(copy);
        });
    }
}
