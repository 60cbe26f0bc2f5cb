package dev.lockstep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.SessionCache;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Operations on a cache and on a naive one; whatever the cache finds must be what the naive one
 * holds.
 */
public final class CacheOperations {

    private static final int DIGESTS = 8;

    private final SessionCache cache;
    private final NaiveCache naive = new NaiveCache();
    private final Random random;
    private final List<TokenDigest> digests;

    private CacheOperations(SessionCache cache, Random random) {
        this.cache = cache;
        this.random = random;
        this.digests = Stream.generate(() -> SessionCopies.digest(random))
                .limit(DIGESTS)
                .toList();
    }

    /** Applies every operation after every other, where a copy is there. */
    public static void runAllPairs(SessionCache cache, Random random) {
        CacheOperations operations = new CacheOperations(cache, random);
        List<String> names = List.of("clear", "put one", "drop one", "remove one", "put two", "drop two", "remove two");
        for (String first : names) {
            for (String second : names) {
                operations.apply("clear");
                operations.apply("put one");
                operations.apply(first);
                operations.compare(first);
                operations.apply(second);
                operations.compare(first + ", " + second);
            }
        }
    }

    private void apply(String operation) {
        TokenDigest digest = digests.get(operation.endsWith("one") ? 0 : 1);
        switch (operation.split(" ")[0]) {
            case "clear" -> both(each -> each.clear());
            case "put" -> put(digest, Duration.ofHours(1));
            case "drop" -> put(digest, Duration.ZERO);
            default -> both(each -> each.invalidate(digest));
        }
    }

    private void compare(String description) {
        for (TokenDigest digest : digests.subList(0, 2)) {
            assertThat(cache.get(digest)).as(description).isEqualTo(naive.get(digest));
        }
    }

    /** Applies so many random operations. */
    public static void run(SessionCache cache, Random random, int count, String description) {
        CacheOperations operations = new CacheOperations(cache, random);
        for (int i = 0; i < count; i++) {
            operations.next(description + ", operation " + i);
        }
    }

    private void next(String description) {
        TokenDigest digest = digests.get(random.nextInt(DIGESTS));
        switch (random.nextInt(20)) {
            case 0 -> both(each -> each.clear());
            case 1, 2, 3 -> both(each -> each.invalidate(digest));
            case 4, 5 -> put(digest, Duration.ZERO);
            case 6, 7, 8, 9, 10, 11 -> put(digest, Duration.ofHours(1));
            default -> assertThat(cache.get(digest)).as(description).isEqualTo(naive.get(digest));
        }
    }

    private void put(TokenDigest digest, Duration timeToLive) {
        SessionCopy copy = SessionCopies.copy(digest, random.nextInt(1000));
        both(each -> each.put(copy, timeToLive));
    }

    private void both(Consumer<SessionCache> operation) {
        operation.accept(cache);
        operation.accept(naive);
    }
}
