package dev.lockstep.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.CapturedLog;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.Samples;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pushes and acknowledgements between nodes, and what somebody else makes of them on their way. */
class AuthenticatedMessagesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final long EPOCH = 7;

    private final HandClock clock = new HandClock();
    private final Node one = new Node("one", "/shop", 1);
    private final Node two = new Node("two", "/shop", 1);
    private final List<String> acknowledged = new ArrayList<>();

    @Test
    void aPushArrivesAsItWasAndItsAcknowledgementToo() {
        Message message = message(EPOCH);
        byte[] acknowledgement = two.receive(one.push(message)).orElseThrow();
        assertThat(two.applied).containsExactly(message);
        assertThat(one.receive(acknowledgement)).isEmpty();
        assertThat(acknowledged).containsExactly("two");
    }

    @Test
    void aPushOfNothingArrives() {
        two.receive(one.push(new Message(EPOCH, List.of()))).orElseThrow();
        assertThat(two.applied).containsExactly(new Message(EPOCH, List.of()));
    }

    @Test
    void whatWasNotAppliedIsNotAcknowledged() {
        two.answer = Optional.empty();
        assertThat(two.receive(one.push(message(EPOCH)))).isEmpty();
    }

    @Test
    void whatCouldNotBeAppliedIsNotAcknowledgedAndHarmsNobody() {
        assertThat(two.messages.received(one.push(message(EPOCH)), message -> {
                    throw new IllegalStateException("broken");
                }))
                .isEmpty();
    }

    @Test
    void aPushOfWhichOneByteIsAnotherIsRefused() {
        byte[] push = one.push(message(EPOCH));
        for (int i = 0; i < push.length; i++) {
            assertThat(two.receive(changed(push, i))).isEmpty();
        }
        assertThat(two.applied).isEmpty();
        assertThat(two.refused()).hasSize(push.length).contains("messageRefused FORGED");
    }

    @Test
    void anAcknowledgementOfWhichOneByteIsAnotherCountsForNothing() {
        byte[] acknowledgement = two.receive(one.push(message(EPOCH))).orElseThrow();
        for (int i = 0; i < acknowledgement.length; i++) {
            one.receive(changed(acknowledgement, i));
        }
        assertThat(acknowledged).isEmpty();
        one.receive(acknowledgement);
        assertThat(acknowledged).containsExactly("two");
    }

    @Test
    void whatIsCutOffOrLongerOrNothingIsRefused() {
        byte[] push = one.push(message(EPOCH));
        for (int length = 0; length < push.length; length++) {
            assertThat(two.receive(Arrays.copyOf(push, length))).isEmpty();
        }
        assertThat(two.receive(Arrays.copyOf(push, push.length + 1))).isEmpty();
        assertThat(two.refused()).hasSize(push.length + 1);
    }

    @Test
    void anAcknowledgementOfAnEarlierPushCountsForNoLaterOne() {
        byte[] early = two.receive(one.push(message(EPOCH))).orElseThrow();
        List<String> later = new ArrayList<>();
        one.messages.push(message(EPOCH), DEADLINE, later::add).orElseThrow();
        one.receive(early);
        assertThat(later).isEmpty();
    }

    @Test
    void aPushThatIsSentBackToItsSenderAcknowledgesNothing() {
        byte[] push = one.push(message(EPOCH));
        assertThat(one.receive(push)).isPresent(); // it applies what it has revoked itself
        push[0] = PushFrame.ACKNOWLEDGEMENT;
        one.receive(push);
        assertThat(acknowledged).isEmpty();
        assertThat(one.refused()).containsExactly("messageRefused FORGED");
    }

    @Test
    void anAcknowledgementIsNoPush() {
        byte[] acknowledgement = two.receive(one.push(message(EPOCH))).orElseThrow();
        two.applied.clear();
        acknowledgement[0] = PushFrame.PUSH;
        two.receive(acknowledgement);
        assertThat(two.applied).isEmpty();
    }

    @Test
    void aPushMayComeAgainAndIsAcknowledgedAgainWhichIsToldOnce() {
        byte[] push = one.push(message(EPOCH));
        one.receive(two.receive(push).orElseThrow());
        one.receive(two.receive(push).orElseThrow());
        assertThat(acknowledged).containsExactly("two");
    }

    @Test
    void behindAFloodOfForgedMessagesNothingIsLookedAtForAMoment() {
        byte[] push = one.push(message(EPOCH));
        flood(two, changed(push, 40));
        assertThat(two.receive(push)).isEmpty();
        assertThat(two.refused()).endsWith("messageRefused TOO_MANY");

        clock.advance(Duration.ofSeconds(1).dividedBy(AuthenticatedMessages.USELESS_PER_SECOND));

        assertThat(two.receive(push)).isPresent();
    }

    @Test
    void whatIsRepeatedOrMeantForNobodyCountsAsAFloodToo() {
        byte[] acknowledgement = two.receive(one.push(message(EPOCH))).orElseThrow();
        one.receive(acknowledgement);
        flood(one, acknowledgement);
        assertThat(one.refused()).containsExactly("messageRefused TOO_MANY");
        two.answer = Optional.empty();
        flood(two, one.push(message(EPOCH)));
        assertThat(two.refused()).containsExactly("messageRefused TOO_MANY");
    }

    /** Somebody repeats what a node of a later release has pushed. */
    @Test
    void aGenuinePushThatCannotBeReadCountsAsAFloodWhereItIsRepeated() throws Exception {
        PushFrame read = PushFrame.read(one.push(message(EPOCH)), key("/shop", version(1, 1)));
        byte[] later = new PushFrame(PushFrame.PUSH, read.key(), read.push(), EPOCH, new byte[] {1}).toBytes();
        flood(two, later);
        assertThat(two.applied).isEmpty();
        assertThat(two.refused())
                .hasSize(1 + AuthenticatedMessages.USELESS_AT_ONCE)
                .startsWith("messageRefused UNKNOWN_FORMAT")
                .endsWith("messageRefused TOO_MANY");
    }

    @Test
    void whatIsOfUseAndWhatCostsNothingIsTakenFromNoBudget() {
        byte[] unknown = new Node("next", "/shop", 2).push(message(EPOCH));
        for (int i = 0; i < 2 * AuthenticatedMessages.USELESS_AT_ONCE; i++) {
            one.receive(two.receive(one.push(message(EPOCH))).orElseThrow());
            two.receive(unknown);
            two.receive(new byte[3]);
        }
        assertThat(acknowledged).hasSize(2 * AuthenticatedMessages.USELESS_AT_ONCE);
        assertThat(two.refused()).doesNotContain("messageRefused TOO_MANY");
    }

    @Test
    void anAcknowledgementOfAnotherEpochCountsForNothingWhoeverMadeIt() throws Exception {
        byte[] push = one.push(message(EPOCH));
        PushFrame read = PushFrame.read(push, key("/shop", version(1, 1)));
        for (long epoch : new long[] {EPOCH + 1, 0}) {
            one.receive(new PushFrame(PushFrame.ACKNOWLEDGEMENT, read.key(), read.push(), epoch, "two".getBytes(UTF_8))
                    .toBytes());
        }
        assertThat(acknowledged).isEmpty();
    }

    /** One more than there is a budget for, if it is useless. */
    private static void flood(Node node, byte[] message) {
        for (int i = 0; i <= AuthenticatedMessages.USELESS_AT_ONCE; i++) {
            node.receive(message);
        }
    }

    @Test
    void anotherApplicationsMessagesAreNotKnownWithTheSameSecret() {
        Node theirs = new Node("theirs", "/other", 1);
        assertThat(theirs.receive(one.push(message(EPOCH)))).isEmpty();
        assertThat(theirs.refused()).containsExactly("messageRefused FORGED");
    }

    @Test
    void anotherSecretOfTheSameNumberForgesNothing() {
        Node stranger = new Node("two", "/shop", key("/shop", version(1, 99)));
        assertThat(two.receive(stranger.push(message(EPOCH)))).isEmpty();
        byte[] push = one.push(message(EPOCH));
        assertThat(stranger.receive(push)).isEmpty();
        assertThat(acknowledged).isEmpty();
    }

    /** Somebody who has seen the push knows all but the key. */
    @Test
    void whoeverSawAPushAndAcknowledgesItWithAnotherSecretSaysNothing() {
        byte[] push = one.push(message(EPOCH));
        Node stranger = new Node("two", "/shop", key("/shop", version(1, 99)));
        byte[] theirs = stranger.receive(stranger.push(message(EPOCH))).orElse(new byte[0]);
        assertThat(theirs).isNotEmpty();
        System.arraycopy(push, 9, theirs, 9, PushId.LENGTH);
        one.receive(theirs);
        assertThat(acknowledged).isEmpty();
        assertThat(one.refused()).containsExactly("messageRefused FORGED");
    }

    @Test
    void aVersionOfTheKeyThatANodeDoesNotKnowIsRefusedAsSuch() {
        Node next = new Node("next", "/shop", 2);
        assertThat(two.receive(next.push(message(EPOCH)))).isEmpty();
        assertThat(two.refused()).containsExactly("messageRefused UNKNOWN_KEY");
    }

    @Test
    void aFormerVersionIsKnownAndAnsweredByItself() {
        Node changed = new Node("changed", "/shop", key("/shop", version(2, 2), version(1, 1)));
        one.receive(changed.receive(one.push(message(EPOCH))).orElseThrow());
        assertThat(acknowledged).containsExactly("changed");
    }

    @Test
    void aNodeWithoutAKeySendsNothingAndBelievesNothing() {
        Node without = new Node("without", "/shop", ApplicationKey.absent("/shop"));
        try (CapturedLog log = new CapturedLog(AuthenticatedMessages.class.getName())) {
            assertThat(without.messages.push(message(EPOCH), DEADLINE, id -> {}))
                    .isEmpty();
            assertThat(without.messages.push(message(EPOCH), DEADLINE, id -> {}))
                    .isEmpty();
            assertThat(log.messages()).singleElement().asString().contains("LOCKSTEP-0237", "application=/shop");
        }
        assertThat(without.receive(one.push(message(EPOCH)))).isEmpty();
        assertThat(without.applied).isEmpty();
    }

    @Test
    void whatANodeOfTheReleaseBeforeSendsIsRefused() {
        for (byte kind = 0; kind < 3; kind++) {
            byte[] former = new byte[100];
            former[0] = kind;
            assertThat(two.receive(former)).isEmpty();
        }
        assertThat(two.refused()).hasSize(3).containsOnly("messageRefused UNKNOWN_FORMAT");
    }

    @Test
    void anAcknowledgementBehindTheDeadlineCountsForNothing() {
        byte[] acknowledgement = two.receive(one.push(message(EPOCH))).orElseThrow();
        clock.advance(DEADLINE.plusMillis(1));
        one.messages.push(message(EPOCH), DEADLINE, id -> {}).orElseThrow();
        one.receive(acknowledgement);
        assertThat(acknowledged).isEmpty();
    }

    @Test
    void aFloodOfForgedMessagesIsToldOnce() {
        try (CapturedLog log = new CapturedLog(AuthenticatedMessages.class.getName())) {
            byte[] forged = changed(one.push(message(EPOCH)), 40);
            for (int i = 0; i < 1_000; i++) {
                two.receive(forged);
            }
            assertThat(log.messages()).hasSize(1).first().asString().contains("LOCKSTEP-0236", "reason=FORGED");
        }
        assertThat(two.refused()).hasSize(1_000);
    }

    private static byte[] changed(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    /** One of each cause, with texts of more than ASCII. */
    private static Message message(long epoch) {
        return new Message(
                epoch,
                Stream.of(Cause.values())
                        .map(cause -> new Revocation(
                                1 + cause.ordinal(),
                                Samples.digest(),
                                "session-é",
                                cause == Cause.COPIES_VOID ? "" : "alice \uD83D\uDE00",
                                cause,
                                Instant.ofEpochMilli(-5)))
                        .toList());
    }

    private static KeyVersion version(int number, int secret) {
        byte[] bytes = new byte[KeyVersion.SHORTEST_SECRET];
        Arrays.fill(bytes, (byte) secret);
        return new KeyVersion(number, bytes, Instant.EPOCH);
    }

    private ApplicationKey key(String application, KeyVersion... versions) {
        return ApplicationKey.configured(application, new KeyRing(List.of(versions)), Duration.ofHours(1), clock);
    }

    private final class Node implements Receiver {

        private final RecordedNodeEvents told = new RecordedNodeEvents();
        private final List<Message> applied = new ArrayList<>();
        private final PushMessages messages;
        private Optional<String> answer;

        Node(String row, String application, int version) {
            this(row, application, key(application, version(version, version)));
        }

        Node(String row, String application, ApplicationKey key) {
            messages = new AuthenticatedMessages(application, key, clock, told.listener());
            answer = Optional.of(row);
        }

        byte[] push(Message message) {
            return messages.push(message, DEADLINE, acknowledged::add).orElseThrow();
        }

        Optional<byte[]> receive(byte[] bytes) {
            return messages.received(bytes, this);
        }

        List<String> refused() {
            return told.of("messageRefused");
        }

        @Override
        public Optional<String> apply(Message message) {
            applied.add(message);
            return answer;
        }
    }
}
