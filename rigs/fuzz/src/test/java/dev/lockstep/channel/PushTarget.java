package dev.lockstep.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.key.ApplicationKey;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.NodeClock;
import dev.lockstep.spi.NodeListener;
import dev.lockstep.spi.PushMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a channel brings: a message, which nobody can make without the key, as bytes and as a text,
 * and what is in one.
 */
public final class PushTarget {

    private static final PushMessages MESSAGES = messages();
    private static final TextMessages TEXTS = new TextMessages("own", MESSAGES, new Nowhere());

    private PushTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        var unused = MESSAGES.received(bytes, message -> {
            throw new AssertionError("applied");
        });
        takes(new String(bytes, ISO_8859_1));
        takes("m other " + Base64.getEncoder().encodeToString(bytes));
        RevocationFormat.read(bytes)
                .ifPresent(revocations -> assertThat(RevocationFormat.read(RevocationFormat.write(revocations)))
                        .contains(revocations));
    }

    private static void takes(String text) {
        var unused = TEXTS.take(List.of(text), message -> {
            throw new AssertionError("applied");
        });
    }

    private static PushMessages messages() {
        KeyRing ring = new KeyRing(List.of(new KeyVersion(1, new byte[KeyVersion.SHORTEST_SECRET], Instant.EPOCH)));
        ApplicationKey key = ApplicationKey.configured("/fuzz", ring, Duration.ofHours(1), NodeClock.SYSTEM);
        return new AuthenticatedMessages("/fuzz", key, new Slow(), NodeListener.NONE);
    }

    private static final class Nowhere implements TextMessages.Transport {

        @Override
        public void toAll(List<String> texts) {
            throw new AssertionError("sent");
        }

        @Override
        public void to(String sender, String text) {
            throw new AssertionError("answered");
        }

        @Override
        public void flush() {}
    }

    /** By which messages come so rarely that none is left unread for the others' sake. */
    private static final class Slow implements NodeClock {

        private final AtomicLong seconds = new AtomicLong();

        @Override
        public long nanoTime() {
            return TimeUnit.SECONDS.toNanos(seconds.incrementAndGet());
        }

        @Override
        public long wallMillis() {
            return TimeUnit.SECONDS.toMillis(seconds.get());
        }
    }
}
