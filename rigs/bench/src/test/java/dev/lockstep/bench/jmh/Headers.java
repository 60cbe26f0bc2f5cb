package dev.lockstep.bench.jmh;

import dev.lockstep.SessionToken;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Texts that a request would bring, of one length, kept as bytes: each is made anew, as a server
 * does for each request, and drawn at random. For one thread.
 */
final class Headers {

    static final String SCHEME = "Bearer ";

    private final byte[] all;
    private final int length;
    private final Draw draw;

    Headers(List<String> texts) {
        length = texts.get(0).length();
        draw = new Draw(texts.size());
        all = new byte[length * texts.size()];
        for (int i = 0; i < texts.size(); i++) {
            byte[] bytes = texts.get(i).getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(bytes, 0, all, i * length, length);
        }
    }

    static Headers bearing(List<SessionToken> tokens) {
        return new Headers(tokens.stream().map(token -> SCHEME + token.value()).toList());
    }

    String next() {
        return new String(all, draw.next() * length, length, StandardCharsets.ISO_8859_1);
    }
}
