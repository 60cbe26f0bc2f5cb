package dev.lockstep.chaos.forge;

import dev.lockstep.Session;
import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.contract.ContractSeals;
import dev.lockstep.contract.FormerRelease;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.LogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Forges entries of a cache, mostly such as would make whoever holds the token {@value #PRINCIPAL}
 * for ten years. It knows the formats, the application, where the log is, and the honest entries
 * that it has seen; it has a key of its own. Thread-safe.
 */
public final class Forger {

    /** Whoever is accepted as this has forged the way there: nobody opens sessions of it. */
    public static final String PRINCIPAL = "root";

    /** Where the parts of a sealed copy are: its format, the key's version, the process's salt. */
    private static final int VERSION = 1;

    private static final int SALT = 9;
    private static final int NUMBER = 25;
    private static final int SEALED = 49;

    private static final int REMEMBERED = 1_000;
    private static final long YEARS = Duration.ofDays(3_650).toMillis();

    private final CopySeal former = new FormerRelease();
    private final CopySeal own;
    private final CopySeal other = ContractSeals.of("another");
    private final List<byte[]> honest = new ArrayList<>();
    private final Random random = new Random();

    public Forger(String application) {
        own = ContractSeals.of(application);
    }

    /** An entry was found where nodes keep theirs. */
    public synchronized void saw(byte[] entry) {
        if (entry.length < SEALED) {
            return;
        }
        if (honest.size() < REMEMBERED) {
            honest.add(entry);
        } else {
            honest.set(random.nextInt(REMEMBERED), entry);
        }
    }

    /**
     * What to put under a token's digest.
     *
     * @param place where the log is
     * @return null as long as nothing can be forged
     */
    public synchronized byte @Nullable [] forged(TokenDigest digest, LogPosition place) {
        if (honest.isEmpty()) {
            return null;
        }
        Forgery[] all = Forgery.values();
        byte[] any = any();
        return switch (all[random.nextInt(all.length)]) {
            case UNSEALED -> former.seal(root(digest, place));
            case OWN_KEY -> with(any, own.seal(root(digest, place)), VERSION, NUMBER);
            case OTHER_APPLICATION -> other.seal(root(digest, place));
            case OTHER_TOKEN -> any;
            case OTHER_VERSION -> changed(any, VERSION, SALT);
            case OTHER_PROCESS -> with(any(), any, SALT, NUMBER);
            case TRUNCATED -> Arrays.copyOf(any, random.nextInt(any.length));
            case CHANGED -> changed(any, 0, any.length);
        };
    }

    private byte[] any() {
        return honest.get(random.nextInt(honest.size()));
    }

    /** A part of one in the place of the other's. */
    private static byte @Nullable [] with(byte[] part, byte @Nullable [] whole, int from, int until) {
        if (whole != null) {
            byte[] mixed = whole.clone();
            System.arraycopy(part, from, mixed, from, until - from);
            return mixed;
        }
        return null;
    }

    private byte[] changed(byte[] entry, int from, int until) {
        byte[] changed = entry.clone();
        changed[from + random.nextInt(until - from)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return changed;
    }

    private static SessionCopy root(TokenDigest digest, LogPosition place) {
        long now = System.currentTimeMillis();
        Session root = Session.ofMillis("forged", PRINCIPAL, Set.of("admin"), Map.of(), now, now, now + YEARS, YEARS);
        return new SessionCopy(digest, root, place.epoch(), place.position());
    }
}
