package dev.lockstep.spi;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says that the revocation log reaches a position, or that a node has applied it so far. It proves
 * nothing and reveals nothing of a session: whoever receives one reads the store at once instead of
 * a little later. So one that is lost, repeated or forged costs a reading at most.
 *
 * @param position how far the log reaches, or how far it was applied
 * @param sender names the channel that sent it, so that it can be answered: 1 to 32 lower case
 *     letters and digits, drawn at random
 */
public record Poke(Kind kind, LogPosition position, String sender) {

    private static final String SENDER = "[a-z0-9]{1,32}";

    /** Four words; a longer text is not even matched. */
    private static final Pattern TEXT = Pattern.compile("([ca]) (-?\\d{1,19}) (\\d{1,19}) (" + SENDER + ")");

    private static final int LONGEST_TEXT = 76;

    private static final int SENDER_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What has happened. */
    public enum Kind {
        /** The log has grown: what it holds is to be read. */
        COMMITTED("c"),
        /** A node has applied the log, and has written that into its row. */
        APPLIED("a");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }
    }

    /** A sender that nobody else has. */
    public static String newSender() {
        return new BigInteger(SENDER_BITS, RANDOM).toString(Character.MAX_RADIX);
    }

    /** @throws IllegalArgumentException if the sender is none */
    public Poke {
        if (!sender.matches(SENDER)) {
            throw new IllegalArgumentException("sender: 1 to 32 lower case letters and digits");
        }
    }

    /** Its text, of ASCII characters without quotes: kind, epoch, position, sender. */
    public String text() {
        return kind.letter + " " + position.epoch() + " " + position.position() + " " + sender;
    }

    /** What a text says, from whomever it is; empty unless it is the {@link #text} of a poke. */
    public static Optional<Poke> parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        Matcher words = TEXT.matcher(text);
        return words.matches() ? read(words) : Optional.empty();
    }

    private static Optional<Poke> read(Matcher words) {
        try {
            LogPosition position = new LogPosition(Long.parseLong(words.group(2)), Long.parseLong(words.group(3)));
            Kind kind = words.group(1).equals(Kind.COMMITTED.letter) ? Kind.COMMITTED : Kind.APPLIED;
            return Optional.of(new Poke(kind, position, words.group(4)));
        } catch (NumberFormatException e) {
            return Optional.empty(); // nineteen digits can be more than a long
        }
    }
}
