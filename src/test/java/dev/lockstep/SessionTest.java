package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.Session.MadeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class SessionTest {

    private static final Session PATTERN =
            Session.ofMillis("id", "alice", Set.of("user"), Map.of("a", "b"), 1, 2, 3, 4);

    @Property
    void anIdentifierIsGivenBackAsItWas(@ForAll("ids") String id) {
        assertThat(withId(id).id()).isEqualTo(id);
    }

    @Property
    void sessionsAreEqualIfTheirIdentifiersAre(@ForAll("ids") String id, @ForAll("ids") String other) {
        assertThat(withId(id).equals(withId(other))).isEqualTo(id.equals(other));
        assertThat(withId(id)).hasSameHashCodeAs(withId(id));
    }

    @Property
    void identifiersThatLockstepMakesAreKeptAsTheirBits(@ForAll @Size(16) byte[] bytes) {
        String id = text(bytes);

        assertThat(MadeId.isMade(id)).isTrue();
        assertThat(MadeId.text(MadeId.high(id), MadeId.low(id))).isEqualTo(id);
    }

    /** Their last character has bits that no sixteen bytes have, or one is not of the alphabet. */
    @Example
    void textsThatOnlyLookAlikeAreKeptAsTexts() {
        String made = "A".repeat(22);
        List<String> alike = List.of(
                "A".repeat(21) + "B",
                "A".repeat(21) + "=",
                "+" + "A".repeat(21),
                "A".repeat(10) + "ä" + "A".repeat(11));

        assertThat(MadeId.isMade(made)).isTrue();
        assertThat(alike).noneMatch(MadeId::isMade).noneMatch(id -> withId(id).equals(withId(made)));
    }

    @Example
    void timesAreWholeMilliseconds() {
        Instant time = Instant.parse("2026-01-01T00:00:00.123456789Z");

        Session session = new Session(
                "id",
                "alice",
                Set.of(),
                Map.of(),
                time,
                time.plusSeconds(1),
                time.plusSeconds(2),
                Duration.ofNanos(4_567_890));

        assertThat(session.createdAt()).isEqualTo("2026-01-01T00:00:00.123Z");
        assertThat(session.lastSeenAt()).isEqualTo("2026-01-01T00:00:01.123Z");
        assertThat(session.expiresAt()).isEqualTo("2026-01-01T00:00:02.123Z");
        assertThat(session.idleTimeout()).isEqualTo(Duration.ofMillis(4));
        assertThat(session)
                .isEqualTo(Session.ofMillis(
                        "id",
                        "alice",
                        Set.of(),
                        Map.of(),
                        session.createdAtMillis(),
                        session.lastSeenAtMillis(),
                        session.expiresAtMillis(),
                        session.idleTimeoutMillis()));
    }

    @Example
    void aSessionThatDiffersInOnePartIsAnother() {
        Stream<Session> others = Stream.of(
                withId("other"),
                Session.ofMillis("id", "bob", Set.of("user"), Map.of("a", "b"), 1, 2, 3, 4),
                Session.ofMillis("id", "alice", Set.of(), Map.of("a", "b"), 1, 2, 3, 4),
                Session.ofMillis("id", "alice", Set.of("user"), Map.of("a", "c"), 1, 2, 3, 4),
                Session.ofMillis("id", "alice", Set.of("user"), Map.of("a", "b"), 0, 2, 3, 4),
                Session.ofMillis("id", "alice", Set.of("user"), Map.of("a", "b"), 1, 0, 3, 4),
                Session.ofMillis("id", "alice", Set.of("user"), Map.of("a", "b"), 1, 2, 0, 4),
                Session.ofMillis("id", "alice", Set.of("user"), Map.of("a", "b"), 1, 2, 3, 0));

        assertThat(others).doesNotContain(PATTERN);
    }

    @Example
    void whatIsGivenMayBeChangedAfterwards() {
        Set<String> groups = new HashSet<>(Set.of("user"));
        Map<String, String> attributes = new HashMap<>(Map.of("a", "b"));
        Session session = Session.ofMillis("id", "alice", groups, attributes, 1, 2, 3, 4);

        groups.clear();
        attributes.clear();

        assertThat(session).isEqualTo(PATTERN).hasToString(PATTERN.toString());
    }

    @Example
    void itIsValidUntilTheEarlierOfItsTwoEnds() {
        assertThat(Session.ofMillis("id", "alice", Set.of(), Map.of(), 0, 5, 9, 3)
                        .validUntilMillis())
                .isEqualTo(8);
        assertThat(Session.ofMillis("id", "alice", Set.of(), Map.of(), 0, 5, 7, 3)
                        .validUntil())
                .isEqualTo(Instant.ofEpochMilli(7));
    }

    /** Among them ones that are the same but for one character. */
    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> made =
                Arbitraries.bytes().array(byte[].class).ofSize(16).map(SessionTest::text);
        Arbitrary<String> alike = Arbitraries.strings().withChars("AQB-_=").ofLength(22);
        return Arbitraries.oneOf(made, alike, Arbitraries.strings().ofMaxLength(24));
    }

    private static Session withId(String id) {
        return Session.ofMillis(id, "alice", Set.of("user"), Map.of("a", "b"), 1, 2, 3, 4);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
