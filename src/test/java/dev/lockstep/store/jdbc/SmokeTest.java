package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.*;
import dev.lockstep.RevocationTarget.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void works() {
        var ds = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        try (JdbcStore s = JdbcStore.open(ds, StoreSettings.of("/app"), Executors.defaultThreadFactory())) {
            var d = new TokenDigest(1, 2, 3, 4);
            var d2 = new TokenDigest(1, 2, 3, 5);
            var c = s.open(new NewSession(
                    "id1",
                    d,
                    "alice",
                    Set.of("user", "admin"),
                    Map.of("k", "v"),
                    Duration.ofHours(12),
                    Duration.ofHours(1)));
            assertThat(s.find(d)).isEqualTo(c);
            assertThat(s.list("alice")).containsExactly(c.session());
            s.touch(d, Duration.ZERO);
            var r = s.rotate(d, d2);
            assertThat(s.find(d)).isNull();
            assertThat(s.find(d2)).isEqualTo(r.copy());
            var reg = s.register("n", "node", Duration.ofSeconds(2));
            var out = s.revoke(List.of(
                    new OfPrincipal("alice"),
                    new OfToken(d),
                    new OfToken(d2),
                    new OfId("x"),
                    new OthersOf("alice", "id1")));
            System.out.println(out);
            System.out.println(s.poll("n", new LogPosition(reg.position().epoch(), 0), 10));
            s.acknowledge("n", out.get(0).upTo());
            System.out.println(s.nodes());
            s.fence(List.of("n"));
            s.startEpoch(reg.position());
            System.out.println(s.poll("n", new LogPosition(reg.position().epoch(), 0), 10));
            s.remove(List.of("n"));
            s.trim(Duration.ZERO);
            s.trim(Duration.ZERO);
            System.out.println(s.poll("n", new LogPosition(reg.position().epoch(), 0), 10));
            System.out.println(s.deleteExpired() + " " + s.reach());
        }
    }
}
