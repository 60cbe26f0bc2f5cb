package dev.lockstep.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.cache.memory.MemoryCache.SessionInterner;
import dev.lockstep.contract.SessionCopies;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionInternerTest {

    private final SessionInterner parts = new SessionInterner();

    @Test
    void aSharingCopyEqualsTheOther() {
        SessionCopy copy = SessionCopies.fresh();

        assertThat(parts.share(copy)).isEqualTo(copy);
    }

    @Test
    void equalGroupsAreKeptOnce() {
        Session first = parts.share(copyOf(Set.of("user", "admin"))).session();
        Session second = parts.share(copyOf(Set.of("user", "admin"))).session();

        assertThat(second.groups()).isSameAs(first.groups());
    }

    @Test
    void setsOfManyGroupsAreNotKeptForOthers() {
        Set<String> many = IntStream.range(0, 33).mapToObj(i -> "group" + i).collect(Collectors.toSet());
        Session first = parts.share(copyOf(many)).session();
        Session second = parts.share(copyOf(many)).session();

        assertThat(second.groups()).isNotSameAs(first.groups()).isEqualTo(first.groups());
    }

    @Test
    void manyDifferentGroupsAreForgotten() {
        Set<String> before = parts.share(copyOf(Set.of("first"))).session().groups();
        for (int i = 0; i < 2_000; i++) {
            parts.share(copyOf(Set.of("group" + i)));
        }

        Set<String> after = parts.share(copyOf(Set.of("first"))).session().groups();

        assertThat(after).isEqualTo(before).isNotSameAs(before);
    }

    /** With objects of its own, as it comes from a store. */
    private static SessionCopy copyOf(Set<String> groups) {
        Session pattern = SessionCopies.fresh().session();
        Session session = new Session(
                "id",
                "alice",
                new HashSet<>(List.copyOf(groups)),
                pattern.attributes(),
                pattern.createdAt().plusMillis(1),
                pattern.createdAt().plusMillis(1),
                pattern.expiresAt(),
                Duration.ofMinutes(61));
        return new SessionCopy(SessionCopies.digest(new Random()), session, 1, 1);
    }
}
