package dev.lockstep.session;

import dev.lockstep.SessionCopy;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.TokenDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Single flight: one load per digest is under way on a node, however many requests ask.
 *
 * <p>Whoever began a load uses its result as it stands. A load that had begun before a request came
 * may have read the store before a revocation that returned before the request came; so to that
 * request its result is only a copy, which must be trusted like any other. Where it is not, the
 * request takes part in a load that begins after it came. Such a load, whoever began it, reads the
 * store after the request came, and its result stands for all who were waiting for it. So a
 * thousand requests at once cost one load, or two where no copy can be trusted.
 *
 * <p>Thread-safe. The order of beginnings is that of {@code order}: a load draws its number before
 * it reads the store, a request draws its own when it comes, so a load with the higher number reads
 * after the request came. A load leaves {@code underWay} before it completes, so that nobody can
 * join it after it is over. Failures are shared like results.
 */
final class SingleFlight {

    private final Function<TokenDigest, @Nullable SessionCopy> loader;
    private final ConcurrentMap<TokenDigest, Load> underWay = new ConcurrentHashMap<>();
    private final AtomicLong order = new AtomicLong();

    /**
     * @param loader asks the store, within a deadline, and caches what it vouches for; or gives a
     *     copy that it judges
     */
    SingleFlight(Function<TokenDigest, @Nullable SessionCopy> loader) {
        this.loader = loader;
    }

    /**
     * The session of a digest as the store has it, not before this call.
     *
     * @param trusted whether a copy from a load that began earlier may be used
     */
    @Nullable
    SessionCopy load(TokenDigest digest, Predicate<SessionCopy> trusted) {
        long came = order.incrementAndGet();
        while (true) {
            Load mine = new Load(order.incrementAndGet(), new CompletableFuture<>());
            Load other = underWay.putIfAbsent(digest, mine);
            if (other == null) {
                return run(digest, mine);
            }
            SessionCopy copy = other.await();
            if (other.began > came || (copy != null && trusted.test(copy))) {
                return copy;
            }
        }
    }

    private @Nullable SessionCopy run(TokenDigest digest, Load mine) {
        try {
            SessionCopy copy = loader.apply(digest);
            underWay.remove(digest, mine);
            mine.result.complete(copy);
            return copy;
        } catch (Throwable e) {
            underWay.remove(digest, mine);
            mine.result.completeExceptionally(e);
            throw e;
        }
    }

    private record Load(long began, CompletableFuture<@Nullable SessionCopy> result) {

        @Nullable
        SessionCopy await() {
            try {
                return result.join();
            } catch (CompletionException e) {
                throw new StoreUnavailableException(
                        "LOCKSTEP-0209 The store could not be asked for this session: " + reason(e), e.getCause());
            }
        }

        private static String reason(CompletionException e) {
            return String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }
}
