package dev.lockstep.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.contract.ContractSeals;
import dev.lockstep.contract.HandClock;
import dev.lockstep.contract.RecordedNodeEvents;
import dev.lockstep.contract.Samples;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.Revocation.Cause;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts between nodes: what goes as a push, what as a poke, and what is left out. */
class TextMessagesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final long EPOCH = -7;

    private final HandClock clock = new HandClock();
    private final Node one = new Node("one", 1);
    private final Node two = new Node("two", 1);
    private final List<String> acknowledged = new ArrayList<>();

    @Test
    void aPushIsAcknowledgedToItsSenderAndThePokeBehindItLeftOut() {
        one.push(message(1));

        assertThat(two.hears(one.toAll)).isEmpty();
        assertThat(two.toOthers).hasSize(1).allMatch(sent -> sent.startsWith("one m two "));
        one.hears(two.takeAnswers());

        assertThat(acknowledged).containsExactly("row of two");
    }

    @Test
    void aNodeThatDoesNotApplyIsLeftWithThePoke() {
        two.answer = Optional.empty();
        one.push(message(3));

        assertThat(two.hears(one.toAll)).containsExactly("c -7 3 one");
        assertThat(two.toOthers).isEmpty();
    }

    @Test
    void aNodeOfAnotherKeyIsLeftWithThePoke() {
        one.push(message(3));

        assertThat(new Node("other", 2).hears(one.toAll)).containsExactly("c -7 3 one");
    }

    @Test
    void whereThereIsNoKeyAPokeGoesAlone() {
        Node without = new Node("none", PushMessages.NONE);

        without.push(message(3));

        assertThat(without.toAll).containsExactly("c -7 3 none");
    }

    /** A release before pushes looks at nothing but pokes. */
    @Test
    void aFormerReleaseTakesNoticeOfThePokeAlone() {
        one.push(message(200));

        assertThat(one.toAll.stream().flatMap(text -> Poke.parse(text).stream()))
                .extracting(Poke::text)
                .containsExactly("c -7 200 one");
    }

    @Test
    void aLongPushGoesInPartsOfWhichEachMustBeAcknowledgedByTheSameRow() {
        one.push(message(200));

        assertThat(one.toAll).hasSizeGreaterThan(3).allMatch(text -> text.length() < 8_000);
        assertThat(two.hears(one.toAll)).isEmpty();
        List<String> answers = two.takeAnswers();
        List<String> otherAnswers = new ArrayList<>();
        Node three = new Node("three", 1);
        three.hears(one.toAll.subList(0, 1));
        otherAnswers.addAll(three.takeAnswers());
        one.hears(otherAnswers);
        one.hears(answers.subList(1, answers.size()));
        one.hears(answers.subList(1, answers.size()));
        assertThat(acknowledged).isEmpty();

        one.hears(answers);

        assertThat(acknowledged).containsExactly("row of two");
        assertThat(two.applied.stream()
                        .mapToInt(message -> message.revocations().size())
                        .sum())
                .isEqualTo(200);
    }

    @Test
    void whatIsTooLongForOneTextOrTooManyGoesAsAPoke() {
        one.push(new Message(EPOCH, List.of(revocation(5, "a".repeat(6_000)))));
        assertThat(one.toAll).containsExactly("c -7 5 one");
        one.toAll.clear();

        one.push(message(2_000));

        assertThat(one.toAll).containsExactly("c -7 2000 one");
    }

    @Test
    void thePokeOfAnotherPlaceOrSenderIsNotLeftOut() {
        one.push(message(3));
        two.hears(one.toAll.subList(0, 1));

        assertThat(two.hears(List.of("c -7 4 one", "c -7 3 other", "c 7 3 one", "a -7 3 one")))
                .hasSize(4);
        assertThat(two.hears(List.of("c -7 3 one"))).isEmpty();
        assertThat(two.hears(List.of("c -7 3 one"))).hasSize(1);
    }

    @Test
    void whatANodeSaysItselfItDoesNotHear() {
        one.push(message(1));

        assertThat(one.hears(one.toAll)).containsExactly("c -7 1 one");
        assertThat(one.applied).isEmpty();
        assertThat(one.toOthers).isEmpty();
    }

    @Test
    void whatIsNoMessageIsLeftToOthersOrRefused() {
        String bytes = "A".repeat(200);
        List<String> none = List.of(
                "",
                "m",
                "m two",
                "m TWO " + bytes,
                "m two *",
                "x two " + bytes,
                "m two " + "A".repeat(7_996),
                "m  " + bytes);

        assertThat(two.hears(none)).containsExactlyElementsOf(none);
        assertThat(two.hears(List.of("m one " + bytes, "m one =A", "m one A"))).isEmpty();
        assertThat(two.told.of("messageRefused")).containsExactly("messageRefused UNKNOWN_FORMAT");
        assertThat(two.applied).isEmpty();
    }

    /** A logout waits for the answer, and for nothing of what the application does about it. */
    @Test
    void observersAreToldOnceTheAnswersAreSent() {
        one.push(message(1));

        two.hears(one.toAll);

        assertThat(two.steps).containsExactly("answered", "sent", "observers told", "others told");
    }

    /** Their facts may hold it all the same. */
    @Test
    void observersAreToldWhereNothingIsAnswered() {
        two.answer = Optional.empty();
        one.push(message(1));

        two.hears(one.toAll);

        assertThat(two.steps).containsExactly("sent", "observers told", "others told");
    }

    private static Message message(int revocations) {
        return new Message(
                EPOCH,
                IntStream.rangeClosed(1, revocations)
                        .mapToObj(each -> revocation(each, "alice"))
                        .toList());
    }

    private static Revocation revocation(long position, String principal) {
        return new Revocation(position, Samples.digest(), "session", principal, Cause.REVOKED, Instant.EPOCH);
    }

    private final class Node implements Receiver, TextMessages.Transport {

        private final List<String> toAll = new ArrayList<>();
        private final List<String> toOthers = new ArrayList<>();
        private final List<Message> applied = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private final RecordedNodeEvents told = new RecordedNodeEvents();
        private final TextMessages texts;
        private Optional<String> answer;

        Node(String sender, long key) {
            answer = Optional.of("row of " + sender);
            texts = new TextMessages(
                    sender,
                    new AuthenticatedMessages("/shop", ContractSeals.key("/shop", key), clock, told.listener()),
                    this);
        }

        Node(String sender, PushMessages messages) {
            answer = Optional.empty();
            texts = new TextMessages(sender, messages, this);
        }

        void push(Message message) {
            texts.push(message, DEADLINE, acknowledged::add);
        }

        /** What it leaves to the receiver of pokes. */
        List<String> hears(List<String> all) {
            return texts.take(List.copyOf(all), this);
        }

        List<String> takeAnswers() {
            List<String> answers = toOthers.stream()
                    .map(sent -> sent.substring(sent.indexOf(' ') + 1))
                    .toList();
            toOthers.clear();
            return answers;
        }

        @Override
        public Optional<String> apply(Message message) {
            applied.add(message);
            return answer;
        }

        @Override
        public Optional<String> apply(Message message, Executor later) {
            later.execute(() -> steps.add("observers told"));
            later.execute(() -> {
                throw new IllegalStateException("an observer's");
            });
            later.execute(() -> steps.add("others told"));
            return apply(message);
        }

        @Override
        public void toAll(List<String> all) {
            toAll.addAll(all);
        }

        @Override
        public void to(String sender, String text) {
            toOthers.add(sender + " " + text);
            steps.add("answered");
        }

        @Override
        public void flush() {
            steps.add("sent");
        }
    }
}
