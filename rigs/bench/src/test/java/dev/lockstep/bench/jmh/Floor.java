package dev.lockstep.bench.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.bench.Node;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a near hit cannot do without, from a new header: copying its bytes, SHA-256, one get from a
 * Caffeine cache that does nothing but bound its size, one reading of each clock.
 */
public class Floor extends Call {

    @Param("1000")
    int sessions;

    private Cache<TokenDigest, SessionCopy> cache;
    private Headers headers;
    private Sha256 sha256;
    private Blackhole blackhole;

    @Setup
    public void open(Blackhole sink) {
        Population population = Population.of(sessions, 0);
        cache = Caffeine.newBuilder()
                .maximumSize(Math.max(100_000L, 2L * sessions))
                .build();
        population.copies().forEach(copy -> cache.put(copy.digest(), copy));
        headers = Headers.bearing(population.tokens());
        sha256 = new Sha256(Node.APPLICATION);
        blackhole = sink;
        population.close();
    }

    @Override
    @Nullable
    Object once() {
        SessionCopy copy = cache.getIfPresent(sha256.digest(headers.next()));
        blackhole.consume(System.nanoTime());
        blackhole.consume(System.currentTimeMillis());
        return copy;
    }
}
