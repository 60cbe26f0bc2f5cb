package dev.lockstep.key;

import dev.lockstep.LockstepException;
import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import dev.lockstep.spi.NodeClock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The application's key, as this node knows it. A node reads it when it starts, and whenever a poll
 * of the log tells that another version is in force than the node knows of: so a change costs no
 * statement but those that read it, once for each node. Until the first reading has succeeded, and
 * where there is no key, nothing is made and nothing recognised.
 *
 * <p>A new version is not used at once to make something: another node may know of it only by its
 * next poll, and would take a genuine token for a forged one. It is used when it is older than
 * what a node may go without a poll while it relies on what it knows, by the store's clock. A node
 * that goes longer without one must not refuse what it does not recognise before it has asked the
 * store.
 *
 * <p><b>After a leak</b> nothing may rest on a former version any more, so copies and messages are
 * made with the new one at once, and those of before count no longer: a node that does not know the
 * new version yet has a miss, or waits for its poll. A token's tag is another matter, since it
 * proves nothing. A token without one is refused unasked; one that bears it is looked up, and what
 * opens a session is 160 random bits, of which no key tells anything. So the store keeps leaked
 * versions, marked, for {@link KeyPurpose#TOKEN} alone:
 *
 * <ul>
 *   <li>to recognise tags by, because living sessions bear them. Without them every token would
 *       have to be looked up until those sessions have ended. With them that is so of what bears a
 *       tag of the leaked version, which whoever knows it can make, for as long as it is kept;
 *   <li>to make tags with, until the new version has settled, like any former one and whichever
 *       node it is, one that has just started included. A node that has not polled since the leak
 *       knows no other, and would take a genuine token for a forged one.
 * </ul>
 *
 * <p>Thread-safe. {@code known} is replaced as a whole under this object's lock, which is held for
 * no call of the store: by whoever has read the key, and by polls, which let it age. At most one
 * reading is under way at a poll's request, and {@code reading} is its flag. What is installed may
 * be older than the key in the store, even than what was installed before: then the next poll
 * tells another version, and it is read again.
 */
public final class ApplicationKey {

    private static final Logger LOG = System.getLogger(ApplicationKey.class.getName());

    /** After a reading that failed: as often as polls come, it would double what they cost. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    /** For how long nodes of a release without keys may open sessions beside nodes with one. */
    static final Duration SIDE_BY_SIDE = Duration.ofDays(1);

    /** To replace it while others do, too. */
    private static final int ATTEMPTS = 10;

    private final String application;
    private final @Nullable KeyRingStore store;

    /**
     * How old a version must be to vouch for every session. No former one is deleted before a
     * younger one is so old, or replacing the key would have tokens looked up again.
     */
    private final Duration old;

    private final Duration reliance;
    private final Duration settling;
    private final Executor background;
    private final NodeClock clock;
    private final long madeNanos;
    private final OnceAMinute failureDue = new OnceAMinute();
    private final AtomicBoolean reading = new AtomicBoolean();

    private volatile Runnable distrusted = () -> {};
    private volatile Known known = new Known(DerivedKeys.NONE, KeyPoll.NONE, Map.of());
    private volatile long notBeforeNanos;

    private ApplicationKey(
            String application,
            @Nullable KeyRingStore store,
            Duration keep,
            Duration reliance,
            Duration settling,
            Executor background,
            NodeClock clock) {
        this.application = application;
        this.store = store;
        this.old = keep.plus(SIDE_BY_SIDE);
        this.reliance = reliance;
        this.settling = settling;
        this.background = background;
        this.clock = clock;
        this.madeNanos = clock.nanoTime();
        this.notBeforeNanos = madeNanos;
    }

    /**
     * A key that the store keeps; not read yet.
     *
     * @param keep how long former versions are needed: as long as what was made with them is used
     * @param reliance for how long after a poll was sent a node may rely on what it has told
     * @param settling how old a version is when every node that relies on what it knows knows it
     * @param background where the key is read again; may refuse
     */
    public static ApplicationKey kept(
            String application,
            KeyRingStore store,
            Duration keep,
            Duration reliance,
            Duration settling,
            Executor background,
            NodeClock clock) {
        return new ApplicationKey(application, store, keep, reliance, settling, background, clock);
    }

    /**
     * A key that is configured, the same on all nodes, and does not change while they run.
     *
     * @param keep as for {@link #kept}
     */
    public static ApplicationKey configured(String application, KeyRing key, Duration keep, NodeClock clock) {
        ApplicationKey configured =
                new ApplicationKey(application, null, keep, Duration.ZERO, Duration.ZERO, Runnable::run, clock);
        configured.known = configured.known(DerivedKeys.of(key, application), KeyPoll.NONE);
        return configured;
    }

    /** Of an application that has none. */
    public static ApplicationKey absent(String application) {
        return new ApplicationKey(
                application, null, Duration.ZERO, Duration.ZERO, Duration.ZERO, Runnable::run, NodeClock.SYSTEM);
    }

    /** Whether there is none, and never will be. */
    public boolean isAbsent() {
        return store == null && known.keys.inForce() == 0;
    }

    /** Whether the store keeps it, so that {@link #replace} can be asked for. */
    public boolean isReplaceable() {
        return store != null;
    }

    /**
     * Has the store put a new version in force. Each node that reaches the store knows it by its
     * next poll at the latest.
     *
     * @return its number
     * @throws dev.lockstep.LockstepException if that can't be done, or not told
     * @throws IllegalStateException if the store keeps no key
     */
    public long replace(Former former) {
        KeyRingStore from = store;
        if (from == null) {
            throw new IllegalStateException("The application's store keeps no key");
        }
        KeyRing present = replaced(from, former);
        for (int again = 0; !fulfils(former, present) && again < ATTEMPTS; again++) {
            present = replaced(from, former); // somebody else replaced it meanwhile, and trusts it
        }
        boolean done = fulfils(former, present);
        long version = learn(present);
        if (!done) {
            throw new LockstepException(
                    "LOCKSTEP-0235 The application has a new key, but nodes still trust former ones: others replace it at"
                            + " the same time, or the store is the application's own and does not mark what has leaked."
                            + " Ask again. application=" + application,
                    null);
        }
        return version;
    }

    private static boolean fulfils(Former former, KeyRing present) {
        return former == Former.STAYS || present.versions().stream().skip(1).allMatch(KeyVersion::isLeaked);
    }

    /** By what the store has now: what this node knows may have been replaced already. */
    private KeyRing replaced(KeyRingStore from, Former former) {
        KeyRing present = from.keyRing(old);
        present.destroy();
        return from.replaceKey(present.inForce().number(), old, former);
    }

    /** What something new is made with; empty while the key is not known. */
    public Optional<DerivedKey> toMakeWith(KeyPurpose purpose) {
        return known.toMakeWith(purpose);
    }

    /**
     * The same; reads the key first if it is not known yet.
     *
     * @throws LockstepException if it can't be read
     * @throws IllegalStateException if there is none
     */
    public DerivedKey require(KeyPurpose purpose) {
        return toMakeWith(purpose).orElseGet(() -> {
            KeyRingStore from = store;
            if (from == null) {
                throw new IllegalStateException("The application has no key");
            }
            learn(from.keyRing(old));
            return toMakeWith(purpose).orElseThrow();
        });
    }

    /**
     * What something may have been made with, for the versions that this node knows: the one in
     * force first, then from the youngest to the oldest.
     */
    public List<DerivedKey> all(KeyPurpose purpose) {
        return known.all(purpose);
    }

    /** What the version of this number has for a purpose; empty where this node knows none. */
    public Optional<DerivedKey> ofVersion(KeyPurpose purpose, long version) {
        for (DerivedKey each : all(purpose)) { // for each hit of a shared cache
            if (each.version() == version) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** What this node knows of the key now. */
    public Known known() {
        return known;
    }

    /**
     * Has something done whenever a version opens copies no more, as after a leak: those that it
     * opened may be somebody else's. Set before {@link #start}; called behind the change.
     */
    public void whenCopiesAreDistrusted(Runnable action) {
        distrusted = action;
    }

    /** Reads the key, before the node begins to work. Never throws: polls make up for it. */
    public void start() {
        KeyRingStore from = store;
        if (from != null && reading.compareAndSet(false, true)) {
            read(from);
        }
    }

    /**
     * A poll has told which version is in force. Returns at once. Where none is, reading the key
     * makes one.
     *
     * @param version its number; 0 for none
     * @param storeMillis the store's clock at that moment
     * @param sentNanos this node's monotonic clock before the poll was sent
     * @param sentWallMillis its wall clock then
     */
    public void polled(long version, long storeMillis, long sentNanos, long sentWallMillis) {
        if (version == 0 || version != hear(new KeyPoll(version, storeMillis, sentNanos, sentWallMillis))) {
            readSoon();
        }
    }

    /** @return the version in force, as far as this node knows it */
    private synchronized long hear(KeyPoll told) {
        known = known(known.keys, told);
        return known.keys.inForce();
    }

    private void readSoon() {
        KeyRingStore from = store;
        if (from != null && clock.nanoTime() - notBeforeNanos >= 0 && reading.compareAndSet(false, true)) {
            try {
                background.execute(() -> read(from));
            } catch (RejectedExecutionException e) {
                reading.set(false); // the next poll tries again
            }
        }
    }

    private void read(KeyRingStore from) {
        try {
            learn(from.keyRing(old));
        } catch (RuntimeException e) {
            notBeforeNanos = clock.nanoTime() + PAUSE_NANOS;
            failed(e);
        } finally {
            reading.set(false);
        }
    }

    private long learn(KeyRing key) {
        DerivedKeys derived = DerivedKeys.of(key, application);
        key.destroy();
        tell(known.keys.inForce(), derived.inForce());
        install(derived);
        return derived.inForce();
    }

    private void install(DerivedKeys keys) {
        DerivedKeys former = exchange(keys);
        if (!keys.trustsAllOf(former, KeyPurpose.COPY)) {
            distrusted.run();
        }
    }

    private synchronized DerivedKeys exchange(DerivedKeys keys) {
        DerivedKeys former = known.keys;
        known = known(keys, known.told);
        return former;
    }

    private Known known(DerivedKeys keys, KeyPoll told) {
        return new Known(keys, told, keys.toMakeWith(now(told), settling));
    }

    /** The store's time; before the first poll this node's, which is more than none. */
    private Instant now(KeyPoll told) {
        return told.equals(KeyPoll.NONE) ? Instant.ofEpochMilli(clock.wallMillis()) : told.storeTime();
    }

    private void tell(long former, long present) {
        if (former != 0 && former != present) {
            LOG.log(
                    Level.INFO,
                    "LOCKSTEP-0234 The application has a new key. application=" + application + " version=" + present
                            + " former=" + former);
        }
    }

    private void failed(RuntimeException e) {
        if (failureDue.isDue()) {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0233 The application's key can't be read; until it can, no copy is shared under a key that"
                            + " this node does not know. Check the database. application=" + application,
                    e);
        }
    }

    /**
     * What a node knows of the key at a moment. Immutable; only {@link #coversEverySession} changes
     * as time passes.
     */
    public final class Known {

        private final DerivedKeys keys;
        private final KeyPoll told;
        private final Map<KeyPurpose, DerivedKey> toMakeWith;

        private Known(DerivedKeys keys, KeyPoll told, Map<KeyPurpose, DerivedKey> toMakeWith) {
            this.keys = keys;
            this.told = told;
            this.toMakeWith = toMakeWith;
        }

        private Optional<DerivedKey> toMakeWith(KeyPurpose purpose) {
            return Optional.ofNullable(toMakeWith.get(purpose));
        }

        /** As {@link ApplicationKey#all}; the same list as long as the key is the same. */
        public List<DerivedKey> all(KeyPurpose purpose) {
            return keys.all(purpose);
        }

        /**
         * Whether no session is live that may have been opened under none of these versions; to be
         * asked after they have been tried. Where that is not certain, only the store knows whether
         * something that no version recognises is genuine:
         *
         * <ul>
         *   <li>while this node has not read the key that the last poll told of, or that poll is so
         *       old that another version may be used since;
         *   <li>while sessions may be left from before the first version. That is over when the
         *       oldest version, leaked or not, is older than a session becomes; and
         *       {@link #SIDE_BY_SIDE}, for those that nodes of a release without keys have opened
         *       meanwhile. A store that knows that no session was there before the first version,
         *       nor such a node, says that it has been there since 1970. Where the key is
         *       configured, its age is that of this node.
         * </ul>
         */
        public boolean coversEverySession() {
            return store == null
                    ? keys.inForce() != 0 && clock.nanoTime() - madeNanos >= old.toNanos()
                    : keys.inForce() != 0
                            && keys.inForce() == told.version()
                            && keys.beganBy(told.storeTime().minus(old))
                            && told.isWithin(reliance, clock);
        }
    }
}
