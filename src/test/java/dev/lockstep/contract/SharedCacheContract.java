package dev.lockstep.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lockstep.CacheException;
import dev.lockstep.Session;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.NodeListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a cache outside the JVM does: its nodes see each other, and what it holds may be anybody's.
 */
public abstract class SharedCacheContract extends RetainingCacheContract {

    private static final int TOO_LONG = 4 * CopySeal.MOST_BYTES;

    private final CopySeal seal = ContractSeals.of(application());
    private final CopySeal former = new FormerRelease();

    /** The same application's cache, opened a second time. */
    protected SessionCache second;

    /**
     * Writes a value behind the cache's back, under the key that it has for this digest, for an
     * hour.
     */
    protected abstract void plant(String application, TokenDigest digest, byte[] value) throws Exception;

    /**
     * The value that the backend holds under the key for this digest, as it can be planted; null
     * for none.
     */
    protected abstract byte @Nullable [] raw(String application, TokenDigest digest) throws Exception;

    /** All values that the backend holds for an application; or its files, whole. */
    protected abstract List<byte[]> everything(String application) throws Exception;

    @Override
    protected void openMore() {
        super.openMore();
        second = openAnotherNode();
    }

    /** That a cache with these settings instead of its own gets nothing from the backend. */
    protected final void assertRefused(Map<String, String> instead) throws Exception {
        Map<String, String> settings = new HashMap<>(settings());
        settings.putAll(instead);
        try (OpenedCaches caches = new OpenedCaches(provider(), "/refused")) {
            SessionCache refused = caches.open(settings);
            assertThatThrownBy(() -> refused.put(SessionCopies.fresh(), LONG)).isInstanceOf(CacheException.class);
            assertThatThrownBy(() -> refused.get(SessionCopies.fresh().digest()))
                    .isInstanceOf(CacheException.class);
        }
    }

    @Test
    void anotherNodeSeesAPut() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        assertThat(second.get(copy.digest())).isEqualTo(copy);
    }

    @Test
    void anotherNodeSeesAReplacement() {
        SessionCopy copy = SessionCopies.fresh();
        SessionCopy later = SessionCopies.copy(copy.digest(), 2);
        cache.put(copy, LONG);
        second.put(later, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(later);
    }

    @Test
    void anotherNodeSeesAnInvalidation() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        second.invalidate(copy.digest());
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void anotherNodeSeesAClear() {
        SessionCopy copy = SessionCopies.fresh();
        cache.put(copy, LONG);
        second.clear();
        assertThat(cache.get(copy.digest())).isNull();
    }

    @Test
    void theSealedThatIsPlantedIsFound() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        plant(application(), copy.digest(), seal.seal(copy));
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
        assertThat(seal.open(copy.digest(), raw(application(), copy.digest()))).isEqualTo(copy);
    }

    @Test
    void whatWasMovedIsFoundNowhereElse() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        TokenDigest elsewhere = SessionCopies.fresh().digest();
        cache.put(copy, LONG);
        plant(application(), elsewhere, raw(application(), copy.digest()));
        assertMiss(elsewhere);
        plant(application(), copy.digest(), ContractSeals.of("/contract2").seal(copy));
        assertMiss(copy.digest());
    }

    @Test
    void whatIsSealedUnderAnotherKeyIsAMissAndStaysForWhoKnowsIt() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        byte[] later = ContractSeals.of(application(), NodeListener.NONE, 2).seal(copy);
        plant(application(), copy.digest(), later);
        assertMiss(copy.digest());
        assertThat(raw(application(), copy.digest())).isEqualTo(later);
    }

    /** With all that is public: the format, the application's name, the digest, an epoch. */
    @Test
    void whatAnOutsiderWritesForATokenOfTheirOwnIsAMiss() throws Exception {
        SessionCopy genuine = SessionCopies.fresh();
        cache.put(genuine, LONG);
        TokenDigest own = SessionCopies.fresh().digest();
        Session root = Session.ofMillis("id", "root", Set.of("admin"), Map.of(), 0, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        SessionCopy forged = new SessionCopy(own, root, genuine.epoch(), Long.MAX_VALUE);
        plant(application(), own, former.seal(forged));
        assertMiss(own);
    }

    @Test
    void whatTheFormerReleaseWroteIsAMissUntilItIsReplaced() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        plant(application(), copy.digest(), former.seal(copy));
        assertMiss(copy.digest());
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
        assertThat(former.open(copy.digest(), raw(application(), copy.digest())))
                .isNull();
    }

    @Test
    void garbageIsAMiss() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        byte[] whole = seal.seal(copy);
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        byte[] text = "no copy".getBytes(UTF_8);
        for (byte[] garbage : List.of(text, Arrays.copyOf(whole, whole.length - 1), changed, new byte[] {2})) {
            plant(application(), copy.digest(), garbage);
            assertMiss(copy.digest());
        }
    }

    /** Of any length, in a backend that holds such: it fills no heap, and is told. */
    @Test
    void whatIsLongerThanACopyIsAMiss() throws Exception {
        SessionCopy copy = SessionCopies.fresh();
        byte[] longest = Arrays.copyOf(seal.seal(copy), TOO_LONG);
        plant(application(), copy.digest(), longest);
        assertMiss(copy.digest());
        long before = brought();
        assertThat(cache.get(copy.digest())).isNull();
        assertThat(brought() - before).isLessThan(TOO_LONG / 2);
        cache.put(copy, LONG);
        assertThat(cache.get(copy.digest())).isEqualTo(copy);
    }

    /** How many bytes have come from the backend until now; 0 where nobody can tell. */
    protected long brought() throws Exception {
        return 0;
    }

    /** Bytes; how much has come, where it comes by the thread that asks for it. */
    protected static long allocatedByThisThread() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Names as nobody else has them, so that what is found of them is the copy's. */
    @Test
    void nothingOfACopyCanBeReadInTheBackend() throws Exception {
        SessionCopy copy = telling();
        plant(application(), copy.digest(), former.seal(copy));
        assertThat(telltales(copy).stream().filter(this::isInTheBackend)).hasSize(5);
        SessionCopy another = telling();
        cache.put(another, LONG);
        assertThat(cache.get(another.digest())).isEqualTo(another);
        assertThat(telltales(another).stream().filter(this::isInTheBackend)).isEmpty();
    }

    /** The content of all files of a folder. */
    protected static List<byte[]> wholeFiles(Path folder) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    private boolean isInTheBackend(String text) {
        return stored().stream().anyMatch(each -> holds(each, text.getBytes(UTF_8)));
    }

    private List<byte[]> stored() {
        try {
            return everything(application());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean holds(byte[] bytes, byte[] text) {
        return new String(bytes, ISO_8859_1).contains(new String(text, ISO_8859_1));
    }

    private static SessionCopy telling() {
        String mark = UUID.randomUUID().toString();
        Session session = Session.ofMillis(
                "id-" + mark,
                "principal-" + mark,
                Set.of("group-" + mark),
                Map.of("name-" + mark, "value-" + mark),
                1,
                2,
                3,
                4);
        return new SessionCopy(SessionCopies.fresh().digest(), session, 5, 6);
    }

    private static List<String> telltales(SessionCopy copy) {
        List<String> texts = new ArrayList<>(copy.session().groups());
        texts.addAll(copy.session().attributes().keySet());
        texts.addAll(copy.session().attributes().values());
        texts.addAll(List.of(copy.session().id(), copy.session().principal()));
        return texts;
    }

    private void assertMiss(TokenDigest digest) {
        assertThat(cache.get(digest)).isNull();
        assertThat(second.get(digest)).isNull();
    }
}
