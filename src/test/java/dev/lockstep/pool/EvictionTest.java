package dev.lockstep.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.pool.PoolWithoutValidation.Invalidating;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool that can't be told that a connection is dead gets it back all the same. */
class EvictionTest {

    private final List<String> calls = new ArrayList<>();

    static List<Throwable> failures() {
        return List.of(
                new SQLFeatureNotSupportedException("no abort"),
                new SQLException("dead"),
                new AbstractMethodError("an old driver"),
                new IllegalStateException("in use"));
    }

    @Test
    void abortedConnectionsAreClosed() {
        Eviction.evict(connection(Connection.class, Set.of(), null));

        assertThat(calls).containsExactly("abort", "close");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatCannotBeAbortedIsClosed(Throwable failure) {
        Eviction.evict(connection(Connection.class, Set.of("abort"), failure));

        assertThat(calls).containsExactly("abort", "close");
    }

    @Test
    void invalidatedConnectionsAreThePoolsAlready() {
        Eviction.evict(connection(Invalidating.class, Set.of(), null));

        assertThat(calls).containsExactly("invalidate");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatCannotBeInvalidatedIsAbortedAndClosed(Throwable failure) {
        Eviction.evict(connection(Invalidating.class, Set.of("invalidate", "abort"), failure));

        assertThat(calls).containsExactly("invalidate", "abort", "close");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void nothingIsThrownWhereNotEvenClosingWorks(Throwable failure) {
        Eviction.evict(connection(Connection.class, Set.of("abort", "close"), failure));

        assertThat(calls).containsExactly("abort", "close");
    }

    private <T extends Connection> T connection(Class<T> type, Set<String> failing, Throwable failure) {
        return type.cast(Proxy.newProxyInstance(
                EvictionTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    calls.add(method.getName());
                    if (failing.contains(method.getName())) {
                        throw failure;
                    }
                    return null;
                }));
    }
}
