package dev.lockstep.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A Caffeine get by a new key. */
public class RawGet extends Call {

    @Param("1000")
    int sessions;

    private Cache<TokenDigest, SessionCopy> cache;
    private long[] digests;
    private Draw draw;

    @Setup
    public void open() {
        Population population = Population.of(sessions, 0);
        List<SessionCopy> copies = population.copies();
        cache = Caffeine.newBuilder()
                .maximumSize(Math.max(100_000L, 2L * sessions))
                .build();
        copies.forEach(copy -> cache.put(copy.digest(), copy));
        digests = copies.stream()
                .map(SessionCopy::digest)
                .flatMapToLong(it -> LongStream.of(it.a(), it.b(), it.c(), it.d()))
                .toArray();
        draw = new Draw(sessions);
        population.close();
    }

    @Override
    @Nullable
    Object once() {
        int at = 4 * draw.next();
        return cache.getIfPresent(new TokenDigest(digests[at], digests[at + 1], digests[at + 2], digests[at + 3]));
    }
}
