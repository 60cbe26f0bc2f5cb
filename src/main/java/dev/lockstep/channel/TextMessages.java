package dev.lockstep.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lockstep.concurrent.Tasks;
import dev.lockstep.spi.LogPosition;
import dev.lockstep.spi.Poke;
import dev.lockstep.spi.Poke.Kind;
import dev.lockstep.spi.PushMessages;
import dev.lockstep.spi.Revocation;
import dev.lockstep.spi.RevocationChannel.Message;
import dev.lockstep.spi.RevocationChannel.Receiver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pushes over a transport that carries texts, to all nodes or to one, and that anybody may write
 * to. A message goes as the letter {@code m}, its sender, and its bytes in Base64; behind the
 * messages of a push comes a {@linkplain Poke poke} of the same sender. A node whose facts hold
 * what was pushed answers the sender by a message, and leaves the poke out. Any other is left with
 * the poke, and reads the log: one that does not know the key yet, one that can't take the push,
 * and one of a release before pushes, which takes no notice of texts that are no pokes. Where there
 * is no key, or a push is too long, the poke goes alone.
 *
 * <p>What a message is, its bytes prove, not the sender's name. That says where an answer goes, and
 * which poke is left out: so a false one loses an acknowledgement or a poke, which costs a poll.
 *
 * <p>Thread-safe. {@code covered} has the pokes that are still to come for what was applied; one
 * that is forgotten has the log read.
 */
public final class TextMessages {

    private static final Logger LOG = System.getLogger(TextMessages.class.getName());

    /** What PostgreSQL takes as one notification: less than 8,000 bytes. */
    static final int LONGEST_TEXT = 7_999;

    /** Beyond some thousand revocations their receivers read the log as fast. */
    static final int MOST_PARTS = 16;

    private static final Pattern TEXT = Pattern.compile("m ([a-z0-9]{1,32}) ([A-Za-z0-9+/=]++)");

    private static final int LONGEST_PREFIX = 35;
    private static final int MOST_BYTES = (LONGEST_TEXT - LONGEST_PREFIX) / 4 * 3 - PushFrame.AROUND;
    private static final int MOST_COVERED = 500;

    private final String own;
    private final PushMessages messages;
    private final Transport transport;
    private final Set<String> covered = new LinkedHashSet<>();

    /** Where texts go. Never throws; what can't be sent is lost. */
    public interface Transport {

        /** To all nodes of the application, in this order. */
        void toAll(List<String> texts);

        /** To one of them, with the next {@link #flush} at the latest. */
        void to(String sender, String text);

        /** Sends what was kept until now. */
        void flush();
    }

    /** @param own names the node to those that answer; see {@link Poke#newSender} */
    public TextMessages(String own, PushMessages messages, Transport transport) {
        this.own = own;
        this.messages = messages;
        this.transport = transport;
    }

    /** As a channel's. */
    public void push(Message message, Duration deadline, Consumer<String> acknowledged) {
        List<String> texts = new ArrayList<>();
        PushParts parts = PushParts.of(message.revocations(), MOST_BYTES, acknowledged);
        for (int i = 0; i < parts.count() && parts.count() <= MOST_PARTS; i++) {
            int number = i;
            messages.push(new Message(message.epoch(), parts.part(i)), deadline, row -> parts.acknowledged(number, row))
                    .map(this::text)
                    .filter(text -> text.length() <= LONGEST_TEXT)
                    .ifPresent(texts::add);
        }
        pokeOf(message, own).ifPresent(texts::add);
        transport.toAll(texts);
    }

    /** Pokes alone: of a channel that would not hear the acknowledgements of a push. */
    public void poke(Message message) {
        pokeOf(message, own).ifPresent(text -> transport.toAll(List.of(text)));
    }

    /**
     * Takes in texts that have come, from whomever. What follows from a push elsewhere than among
     * the receiver's facts comes behind the answers.
     *
     * @param receiver of pushes
     * @return those that are left: each may be a poke, or anything
     */
    public List<String> take(List<String> texts, Receiver receiver) {
        List<Runnable> later = new ArrayList<>();
        try {
            List<String> left =
                    texts.stream().filter(text -> !takes(text, receiver, later)).toList();
            transport.flush();
            return left;
        } finally {
            runAll(later);
        }
    }

    private static void runAll(List<Runnable> tasks) {
        try {
            Tasks.runAll(tasks);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Applied, but not all was done that follows from it", e);
        }
    }

    /** Whether nothing is left to do with it. */
    private boolean takes(String text, Receiver receiver, List<Runnable> later) {
        if (isCovered(text)) {
            return true;
        }
        if (text.length() > LONGEST_TEXT) {
            return false;
        }
        Matcher words = TEXT.matcher(text);
        if (!words.matches()) {
            return false;
        }
        String sender = words.group(1);
        if (!sender.equals(own)) {
            bytes(words.group(2))
                    .flatMap(bytes -> messages.received(bytes, message -> apply(message, sender, receiver, later)))
                    .ifPresent(answer -> transport.to(sender, text(answer)));
        }
        return true;
    }

    private Optional<String> apply(Message message, String sender, Receiver receiver, List<Runnable> later) {
        Optional<String> row = receiver.apply(message, later::add);
        if (row.isPresent()) {
            pokeOf(message, sender).ifPresent(this::cover);
        }
        return row;
    }

    private synchronized void cover(String poke) {
        covered.add(poke);
        if (covered.size() > MOST_COVERED) {
            Iterator<String> oldest = covered.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private synchronized boolean isCovered(String text) {
        return covered.remove(text);
    }

    private String text(byte[] message) {
        return "m " + own + " " + Base64.getEncoder().encodeToString(message);
    }

    private static Optional<byte[]> bytes(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.getBytes(ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> pokeOf(Message message, String sender) {
        return message.revocations().stream()
                .map(Revocation::position)
                .max(Long::compare)
                .map(newest -> new Poke(Kind.COMMITTED, new LogPosition(message.epoch(), newest), sender).text());
    }
}
