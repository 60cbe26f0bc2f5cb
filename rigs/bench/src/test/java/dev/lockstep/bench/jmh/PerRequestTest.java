package dev.lockstep.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.bench.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerRequestTest {

    private static Row row(String name, double nanos) {
        return new Row(name, nanos, "ns/op");
    }

    @Test
    void theQuickestLibraryOfEachAlgorithmStandsForAll() {
        List<Row> rows = List.of(
                row("HS256 by nimbus", 7),
                row("HS256 by auth0", 5),
                row("RS256 by nimbus", 40),
                row("RS256 by jose4j", 50));
        assertThat(PerRequest.of(rows)).extracting(Row::name).containsExactly("HS256 by auth0", "RS256 by nimbus");
    }

    @Test
    void theQuickestComesFirst() {
        List<Row> rows =
                List.of(row("introspection over loopback", 90), row("lockstep redis", 60), row("lockstep near hit", 1));
        assertThat(PerRequest.of(rows))
                .extracting(Row::name)
                .containsExactly("lockstep near hit", "lockstep redis", "introspection over loopback");
    }

    @Test
    void whatNoRequestWaitsForIsLeftOut() {
        assertThat(PerRequest.of(
                        List.of(row("floor of a near hit", 1), row("lockstep near hit of 1,000,000 copies", 2))))
                .isEmpty();
    }
}
