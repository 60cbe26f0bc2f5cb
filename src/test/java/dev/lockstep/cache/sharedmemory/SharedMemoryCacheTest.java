package dev.lockstep.cache.sharedmemory;

import static dev.lockstep.cache.jvm.ChildJvm.LONG_ENOUGH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.CacheException;
import dev.lockstep.LockstepException;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.jvm.LikeAWebApplication;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbFile;
import dev.lockstep.cache.sharedmemory.lmdb.LmdbOpener;
import dev.lockstep.contract.MapSettings;
import dev.lockstep.contract.SessionCopies;
import dev.lockstep.spi.Driver;
import dev.lockstep.spi.NodeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Its files, and the deployments of one JVM. */
class SharedMemoryCacheTest {

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
    void itsFilesAreThisUsersOnly() throws Exception {
        caches.here();
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void aFolderThatOthersCanWriteFailsTheDeployment() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> caches.here())
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0350")
                .hasMessageContaining(folder + " can be written by others");
    }

    @Test
    void aFileThatOthersCanWriteFailsTheDeployment() throws Exception {
        caches.file().prepare();
        Files.setPosixFilePermissions(caches.file().path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> caches.here())
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith("LOCKSTEP-0350");
    }

    @Test
    void aFolderThatCannotBeMadeIsNoReasonToFail() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        try (OneFolderCaches nowhere = new OneFolderCaches(inTheWay.resolve("folder"), "1m")) {
            SessionCache cache = nowhere.here();
            assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest()))
                    .isInstanceOf(CacheException.class)
                    .hasMessageStartingWith("LOCKSTEP-0355");
        }
    }

    @Test
    void aSecondDeploymentInThisJvmWaitsForTheFirstToGo() {
        SharedMemoryCache first = caches.here();
        SessionCopy copy = SessionCopies.fresh();
        first.put(copy, LONG);
        SharedMemoryCache second = caches.here();
        assertThatThrownBy(() -> second.get(copy.digest()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("another deployment in this JVM has it open");
        assertThat(first.get(copy.digest())).isEqualTo(copy);
        first.close();
        await().atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(second.get(copy.digest())).isEqualTo(copy));
    }

    @Test
    void aClosedCacheThrows() {
        SharedMemoryCache cache = caches.here();
        cache.close();
        assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest())).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> cache.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
    }

    @Test
    void whatWasPutIsThereAfterARestart() {
        SessionCopy copy = SessionCopies.fresh();
        SharedMemoryCache before = caches.here();
        before.put(copy, LONG);
        before.close();
        assertThat(caches.here().get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void eachRedeploymentLoadsItsOwnLibrary() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (LikeAWebApplication application = new LikeAWebApplication(jar -> false)) {
                assertThat(application.roundTrip("shared-memory", caches.settings()))
                        .isTrue();
            }
        }
    }

    @Test
    void anotherClassLoadersCacheKeepsTheFileFromThisOne() throws Exception {
        LmdbFile file = caches.file();
        assertThat(file.claim()).isTrue();
        SessionCache cache = caches.here();
        assertThatThrownBy(() -> cache.get(SessionCopies.fresh().digest())).isInstanceOf(CacheException.class);
        file.release();
        await().atMost(LONG_ENOUGH)
                .ignoreExceptions()
                .until(() -> cache.get(SessionCopies.fresh().digest()) == null);
    }

    @Test
    void leftoversOfAnotherSizeAreDeletedUnlessInUse() throws Exception {
        try (OneFolderCaches inUse = new OneFolderCaches(folder, "2m");
                OneFolderCaches left = new OneFolderCaches(folder, "3m")) {
            inUse.elsewhere();
            left.here().close();
            caches.here();
            assertThat(inUse.file().path()).exists();
            assertThat(left.file().path()).doesNotExist();
        }
    }

    @Test
    void withoutItsLibrariesItSaysWhatToAddAndOthersGoOn() throws Exception {
        try (LikeAWebApplication application = new LikeAWebApplication(jar -> jar.matches("(lmdbjava|jnr-|jffi).*"))) {
            assertThat(application.problems("shared-memory", Map.of())).containsExactly("org.lmdbjava:lmdbjava:0.9.1");
            assertThat(application.roundTrip("memory", Map.of())).isTrue();
        }
        try (LikeAWebApplication application = new LikeAWebApplication(jar -> jar.startsWith("protostream"))) {
            assertThat(application.problems("shared-memory", Map.of()))
                    .containsExactly("org.infinispan.protostream:protostream:5.0.13.Final");
        }
    }

    /** Its thread sweeps by the wall clock, and nobody else there asks it. */
    @Test
    void itsThreadGoesOnAfterAnError() {
        AtomicInteger failures = new AtomicInteger();
        NodeClock exhausted = new NodeClock() {
            @Override
            public long nanoTime() {
                return SYSTEM.nanoTime();
            }

            @Override
            public long wallMillis() {
                if (Thread.currentThread().getName().equals("lockstep-shared-memory")
                        && failures.incrementAndGet() < 3) {
                    throw new OutOfMemoryError("a failure of a test");
                }
                return SYSTEM.wallMillis();
            }
        };
        SharedMemoryCache cache = caches.here(exhausted);
        await().atMost(LONG_ENOUGH).until(() -> failures.get() > 3);
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(caches.elsewhere().get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void withoutATemporaryFolderItSaysWhatIsMissing() {
        LmdbOpener opener = new LmdbOpener(folder, "app", 1L << 20, 1);
        Throwable failure = new ExceptionInInitializerError(new IOException("No such file or directory"));
        assertThat(opener.noNativeLibrary(failure))
                .hasMessageContaining("can't be loaded: java.io.IOException: No such file or directory");
    }

    @Test
    void theDriverIsTheLibrary() throws Exception {
        for (Driver driver : new SharedMemoryCacheProvider().drivers()) {
            assertThat(Class.forName(driver.className())).isNotNull();
        }
    }

    @Test
    void sizesAreChecked() {
        for (String wrong : List.of("512k", "2000g", "much", "1.5g", "-1m", "99999999999")) {
            MapSettings settings = new MapSettings(Map.of("max-size", wrong));
            new SharedMemoryCacheProvider().configure(settings);
            assertThat(settings.problems()).as(wrong).hasSize(1);
        }
        for (String right : List.of("1m", "64M", "1g", "1048576", "2048k")) {
            MapSettings settings = new MapSettings(Map.of("max-size", right));
            new SharedMemoryCacheProvider().configure(settings);
            assertThat(settings.problems()).as(right).isEmpty();
        }
    }
}
