package dev.lockstep.cache.sharedmemory;

import static dev.lockstep.cache.jvm.ChildJvm.LONG_ENOUGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.jvm.ChildJvm;
import dev.lockstep.cache.jvm.RemoteCache;
import dev.lockstep.contract.SessionCopies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several JVMs do to each other, when they die or stand still wherever they happen to be. */
class SharedMemoryProcessesTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    @AutoClose
    private OneFolderCaches caches;

    @BeforeEach
    void start() {
        caches = new OneFolderCaches(folder, "1m");
    }

    @Test
    void whatOneJvmPutsAnotherGets() {
        SessionCopy copy = SessionCopies.fresh();
        caches.here().put(copy, LONG);
        assertThat(caches.elsewhere().get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void aKilledWriterHoldsUpNobody() {
        SessionCache cache = caches.here();
        for (int i = 0; i < 4; i++) {
            RemoteCache writer = caches.elsewhere();
            writer.jvm().ask("churn");
            putAndGet(cache, 50);
            writer.jvm().kill();
            putAndGet(cache, 50);
        }
    }

    @Test
    void aJvmKilledWhileItHoldsTheWriteLockHoldsUpNobody() {
        SessionCache cache = caches.here();
        ChildJvm writer = holding("write");
        writer.kill();
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(caches.elsewhere().get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void aJvmStoppedWhileItHoldsTheWriteLockHoldsUpNoRequest() {
        SessionCache cache = caches.here();
        SessionCopy before = SessionCopies.fresh();
        cache.put(before, LONG);
        ChildJvm writer = holding("write");
        writer.stop();
        List<SessionCopy> copies =
                Stream.generate(SessionCopies::fresh).limit(20_000).toList();
        copies.forEach(copy -> cache.put(copy, LONG));
        assertThat(cache.get(before.digest())).isEqualTo(before);
        assertThat(cache.get(copies.get(0).digest())).isEqualTo(copies.get(0));
        cache.invalidate(before.digest());
        assertThat(cache.get(before.digest()))
                .as("the removal had no room, and is lost")
                .isEqualTo(before);
        cache.clear();
        assertThat(cache.get(before.digest())).isNull();
    }

    @Test
    void whatWasPutWhileTheWriteLockWasHeldIsWrittenAfter() {
        SessionCache cache = caches.here();
        RemoteCache other = caches.elsewhere();
        ChildJvm writer = holding("write");
        writer.stop();
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(other.get(copy.digest())).isNull();
        writer.goOn();
        writer.ask("let-go");
        awaitWritten(copy, other);
    }

    @Test
    void aStoppedHolderOfTheWriteLockThatIsKilledSetsItFree() {
        SessionCache cache = caches.here();
        RemoteCache other = caches.elsewhere();
        ChildJvm writer = holding("write");
        writer.stop();
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        writer.kill();
        awaitWritten(copy, other);
    }

    @Test
    void aCacheOpensWhileAnotherJvmHoldsTheWriteLockAsSoonAsItLetsGo() {
        ChildJvm writer = holding("write");
        SessionCache cache = caches.here();
        SessionCopy copy = SessionCopies.fresh();
        writer.ask("let-go");
        await().atMost(LONG_ENOUGH).ignoreExceptions().untilAsserted(() -> {
            cache.put(copy, LONG);
            assertThat(cache.get(copy.digest())).isEqualTo(copy);
        });
    }

    /** A reader that stands still keeps every page written since from being used again. */
    @Test
    void aJvmStoppedWhileItReadsCostsTheFileAndNoMore() throws Exception {
        SessionCache cache = caches.here();
        putAndGet(cache, 10);
        Object file = caches.heldIdentity();
        ChildJvm reader = holding("read");
        reader.stop();
        putAndGet(cache, 5_000);
        assertThat(caches.file().identity()).isNotEqualTo(file);
    }

    @Test
    void aJvmKilledWhileItReadsCostsNothing() throws Exception {
        SessionCache cache = caches.here();
        putAndGet(cache, 10);
        Object file = caches.heldIdentity();
        ChildJvm reader = holding("read");
        reader.kill();
        putAndGet(cache, 5_000);
        assertThat(caches.file().identity()).isEqualTo(file);
        assertThat(Integer.parseInt(caches.behind("environment").ask("entries")))
                .as("the file takes as much as ever")
                .isGreaterThan(500);
    }

    @Test
    void aFileThatIsReplacedIsReplacedForAll() throws Exception {
        SessionCache cache = caches.here();
        RemoteCache other = caches.elsewhere();
        caches.file().delete();
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(caches.file().identity()).isNotNull());
        SessionCopy copy = SessionCopies.fresh();
        await().atMost(LONG_ENOUGH).ignoreExceptions().untilAsserted(() -> {
            cache.put(copy, LONG);
            assertThat(other.get(copy.digest())).isEqualTo(copy);
        });
    }

    @Test
    void aFullFileLosesItsOldestEntries() throws Exception {
        SessionCache cache = caches.here();
        SessionCopy first = SessionCopies.fresh();
        cache.put(first, LONG);
        Object file = caches.heldIdentity();
        putAndGet(cache, 5_000);
        assertThat(cache.get(first.digest())).isNull();
        assertThat(caches.file().identity()).as("the file is the same").isEqualTo(file);
    }

    @Test
    void whatIsTooLargeForTheFileIsNotKept() throws Exception {
        SessionCache cache = caches.here();
        Object file = caches.heldIdentity();
        SessionCopy large = SessionCopies.large();
        cache.put(SessionCopies.copy(large.digest(), 1), LONG);
        cache.put(large, LONG);
        assertThat(cache.get(large.digest())).isNull();
        assertThat(caches.file().identity()).as("the file is the same").isEqualTo(file);
    }

    @Test
    void thereAreNeverMoreEntriesThanTheMaximum() {
        SessionCache cache = caches.here(100);
        putAndGet(cache, 500);
        assertThat(caches.behind("environment").ask("entries")).isEqualTo("100");
    }

    @Test
    void whatHasExpiredIsSwept() {
        SessionCache cache = caches.here();
        ChildJvm behind = caches.behind("environment");
        Stream.generate(SessionCopies::fresh).limit(300).forEach(copy -> cache.put(copy, Duration.ofMillis(200)));
        cache.put(SessionCopies.fresh(), LONG);
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(behind.ask("entries")).isEqualTo("1"));
    }

    private ChildJvm holding(String lock) {
        ChildJvm holder = caches.behind("env");
        holder.ask("hold-" + lock);
        return holder;
    }

    private static void awaitWritten(SessionCopy copy, SessionCache other) {
        await().atMost(LONG_ENOUGH)
                .untilAsserted(() -> assertThat(other.get(copy.digest())).isEqualTo(copy));
    }

    private static void putAndGet(SessionCache cache, int count) {
        for (int i = 0; i < count; i++) {
            SessionCopy copy = SessionCopies.fresh();
            cache.put(copy, LONG);
            assertThat(cache.get(copy.digest())).isEqualTo(copy);
        }
    }
}
