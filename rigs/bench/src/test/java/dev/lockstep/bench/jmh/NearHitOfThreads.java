package dev.lockstep.bench.jmh;

import dev.lockstep.cdi.DeployedListeners;
import dev.lockstep.web.HeaderLookup;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** {@link NearHit} by several threads, which have the node and its sessions in common. */
@State(Scope.Benchmark)
public class NearHitOfThreads {

    private Population population;

    @Setup
    public void open() {
        population =
                Population.of(1_000, 0, DeployedListeners.named("deployed")).used();
    }

    @TearDown
    public void close() {
        population.close();
    }

    /** Each thread's own requests. */
    @State(Scope.Thread)
    public static class Requests {

        private Headers headers;

        @Setup
        public void open(NearHitOfThreads hits) {
            headers = Headers.bearing(hits.population.tokens());
        }
    }

    @Benchmark
    public @Nullable Object each(Requests requests) {
        return HeaderLookup.find(population.node().sessions(), requests.headers.next());
    }

    /** What the machine does to threads that have nothing in common: the header and the clocks. */
    @Benchmark
    public long apart(Requests requests) {
        return requests.headers.next().length() + System.nanoTime() + System.currentTimeMillis();
    }
}
