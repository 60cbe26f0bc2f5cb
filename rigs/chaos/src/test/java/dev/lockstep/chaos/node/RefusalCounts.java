package dev.lockstep.chaos.node;

import dev.lockstep.spi.CopySeal.Flaw;
import dev.lockstep.spi.Lookup.Result;
import dev.lockstep.spi.Lookup.Source;
import dev.lockstep.spi.NodeListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the product tells of what it refused, counted for this JVM, whatever is deployed. A bean of
 * the application. Thread-safe.
 */
@ApplicationScoped
public class RefusalCounts implements NodeListener {

    private static final Map<String, LongAdder> COUNTS = new ConcurrentSkipListMap<>();
    private static final ThreadLocal<@Nullable Source> ANSWERED_BY = new ThreadLocal<>();

    @Override
    public void lookedUp(Source answeredBy, Result result, long nanos) {
        ANSWERED_BY.set(answeredBy);
        if (answeredBy == Source.TAG) {
            count("token");
        }
    }

    @Override
    public void copyFlawed(String cache, Flaw why) {
        count("copy." + why);
    }

    @Override
    public void messageRefused(MessageRefusal why) {
        count("message." + why);
    }

    /** Before a look-up by this thread. */
    static void forgetAnswer() {
        ANSWERED_BY.remove();
    }

    /** Whether the last look-up by this thread went no further than to the token itself. */
    static boolean answeredByTag() {
        return ANSWERED_BY.get() == Source.TAG;
    }

    /** As words {@code <what>=<how often>}. */
    static String counts() {
        return COUNTS.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static void count(String what) {
        COUNTS.computeIfAbsent(what, first -> new LongAdder()).increment();
    }
}
