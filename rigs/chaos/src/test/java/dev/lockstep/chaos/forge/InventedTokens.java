package dev.lockstep.chaos.forge;

import dev.lockstep.SessionToken;
import dev.lockstep.TokenDigest;
import dev.lockstep.session.Digests;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Tokens that no node has issued: they have the form of those that were, and bear invented tags.
 * Some come again and again, so that entries can be forged for them. Immutable.
 */
public final class InventedTokens {

    private static final String PREFIX = "lks_";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int BYTES = 32;
    private static final int KNOWN = 60;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<String> known =
            Stream.generate(InventedTokens::fresh).limit(KNOWN).toList();

    /** One that nobody has seen. */
    public static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A token with another character in its random bytes or its tag. */
    public static String changed(String genuine) {
        int at = ThreadLocalRandom.current().nextInt(PREFIX.length(), genuine.length() - 1);
        int next = (ALPHABET.indexOf(genuine.charAt(at)) + 1) % ALPHABET.length();
        return genuine.substring(0, at) + ALPHABET.charAt(next) + genuine.substring(at + 1);
    }

    /** One of those that come again. */
    public String again() {
        return known.get(ThreadLocalRandom.current().nextInt(KNOWN));
    }

    /** Under what entries of those that come again are kept. */
    public List<TokenDigest> digests(String application) {
        return known.stream()
                .map(token -> Digests.of(application, SessionToken.of(token)))
                .toList();
    }
}
