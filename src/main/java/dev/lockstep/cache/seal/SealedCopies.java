package dev.lockstep.cache.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.SessionCopy;
import dev.lockstep.TokenDigest;
import dev.lockstep.cache.seal.SealedBytes.Origin;
import dev.lockstep.cache.wire.CopyCodec;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.key.DerivedKey;
import dev.lockstep.key.KeyPurpose;
import dev.lockstep.spi.CopySeal;
import dev.lockstep.spi.NodeListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The seal of one cache, by the application's key.
 *
 * <p><b>No nonce comes twice under one key.</b> Random ones of 96 bits would wear a key out after
 * 2<sup>32</sup> messages (NIST SP 800-38D, section 8.3), which are five days at 10,000 a second.
 * So each seal that is made draws a salt of 128 bits, has a subkey of its own for each version of
 * the application's key, and numbers its messages from 0 on, whichever subkey they are sealed
 * under. What lies between one node's restart and a repeated nonce is a salt drawn twice. (A JVM
 * that is restored twice from one image of its memory goes on twice from the same number.)
 *
 * <p><b>Opening</b> comes before any decoding, and depends on nothing that the bytes say but which
 * key to try. What does not open is told of at most once a minute, and counted each time.
 *
 * <p>Thread-safe. Nothing waits for anybody.
 */
public final class SealedCopies implements CopySeal {

    private static final Logger LOG = System.getLogger(SealedCopies.class.getName());

    private final String application;
    private final String cache;
    private final Supplier<@Nullable ApplicationKey> key;
    private final NodeListener listener;
    private final CopyCodec codec = new CopyCodec();
    private final LentCiphers ciphers;
    private final Subkeys subkeys = new Subkeys();
    private final AtomicLong numbers = new AtomicLong();
    private final long saltHigh;
    private final long saltLow;
    private final OnceAMinute due = new OnceAMinute();

    /**
     * @param application whose copies these are
     * @param cache its name, for messages
     * @param key null before there is one
     */
    public SealedCopies(
            String application, String cache, Supplier<@Nullable ApplicationKey> key, NodeListener listener) {
        SecureRandom random = new SecureRandom();
        this.application = application;
        this.cache = cache;
        this.key = key;
        this.listener = listener;
        this.ciphers = new LentCiphers(application.getBytes(UTF_8));
        this.saltHigh = random.nextLong();
        this.saltLow = random.nextLong();
    }

    @Override
    public byte @Nullable [] seal(SessionCopy copy) {
        ApplicationKey known = key.get();
        Optional<DerivedKey> with = known == null ? Optional.empty() : known.toMakeWith(KeyPurpose.COPY);
        return with.isEmpty() ? null : seal(copy, with.get());
    }

    private byte @Nullable [] seal(SessionCopy copy, DerivedKey with) {
        byte[] clear = codec.encode(copy);
        if (clear == null) {
            return null;
        }
        Origin own = new Origin(with.version(), saltHigh, saltLow);
        SecretKeySpec subkey = subkeys.known(own);
        if (subkey == null) {
            subkey = subkeys.derive(with, own);
            subkeys.keep(own, subkey);
        }
        long number = numbers.getAndIncrement();
        byte[] sealed = SealedBytes.begin(own, number, clear.length);
        ciphers.seal(subkey, number, copy.digest(), clear, sealed);
        return sealed;
    }

    @Override
    public @Nullable SessionCopy open(TokenDigest digest, byte[] bytes, int offset) {
        ApplicationKey known = key.get();
        return known == null || known.all(KeyPurpose.COPY).isEmpty() ? null : open(known, digest, bytes, offset);
    }

    private @Nullable SessionCopy open(ApplicationKey known, TokenDigest digest, byte[] bytes, int offset) {
        if (!SealedBytes.is(bytes, offset, CopyCodec.MOST_BYTES)) {
            return refuse(Flaw.UNSEALED);
        }
        Origin origin = SealedBytes.origin(bytes, offset);
        Optional<DerivedKey> from = known.ofVersion(KeyPurpose.COPY, origin.version());
        if (from.isEmpty()) {
            return refuse(Flaw.UNKNOWN_KEY);
        }
        byte[] clear = opened(from.get(), origin, digest, bytes, offset);
        if (clear == null) {
            return refuse(Flaw.BROKEN);
        }
        SessionCopy copy = codec.decode(clear, digest);
        return copy == null ? refuse(Flaw.UNREADABLE) : copy;
    }

    /** How many processes this one has opened something of, itself included. */
    int knownProcesses() {
        return subkeys.size();
    }

    private byte @Nullable [] opened(DerivedKey from, Origin origin, TokenDigest digest, byte[] bytes, int offset) {
        long number = SealedBytes.number(bytes, offset);
        SecretKeySpec known = subkeys.known(origin);
        if (known != null) {
            return ciphers.open(known, number, digest, bytes, offset);
        }
        SecretKeySpec derived = subkeys.derive(from, origin);
        byte[] clear = ciphers.open(derived, number, digest, bytes, offset);
        if (clear != null) {
            subkeys.keep(origin, derived);
        }
        return clear;
    }

    private @Nullable SessionCopy refuse(Flaw why) {
        listener.copyFlawed(cache, why);
        if (due.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0329 The cache " + cache
                            + " had bytes that are no copy sealed under the application's key."
                            + " They count as absent, and the store answers. That is so for a while when nodes without seals"
                            + " are replaced, and after a key that leaked was. UNKNOWN_KEY for longer: compare lockstep.key on"
                            + " all nodes, where it is set. At any other time somebody else may write to the cache."
                            + " application=" + application + " cache=" + cache + " reason=" + why);
        }
        return null;
    }
}
