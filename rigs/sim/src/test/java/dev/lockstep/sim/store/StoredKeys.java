package dev.lockstep.sim.store;

import dev.lockstep.sim.engine.Choices;
import dev.lockstep.spi.KeyRing;
import dev.lockstep.spi.KeyRingStore.Former;
import dev.lockstep.spi.KeyVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The versions of the application's key, the one in force first. */
final class StoredKeys {

    private final Journal journal;
    private final Choices secrets;
    private List<KeyVersion> versions = List.of();

    StoredKeys(Journal journal, Choices secrets) {
        this.journal = journal;
        this.secrets = secrets;
    }

    /** 0 where there is none. */
    long inForce() {
        return versions.isEmpty() ? 0 : versions.get(0).number();
    }

    /** As they are; its reader may destroy it. */
    KeyRing ring() {
        return new KeyRing(versions.stream()
                .map(version -> changed(version, version.createdAt(), version.isLeaked()))
                .toList());
    }

    void replace(long number, Duration keep, Former former, Instant now) {
        if (inForce() != number && inForce() != 0) {
            return;
        }
        List<KeyVersion> next = new ArrayList<>();
        next.add(new KeyVersion(1 + (secrets.nextLong() >>> 2), secret(), now));
        versions.forEach(version ->
                next.add(changed(version, version.createdAt(), version.isLeaked() || former == Former.LEAKED)));
        Instant old = now.minus(keep);
        next.stream()
                .map(KeyVersion::createdAt)
                .filter(made -> !made.isAfter(old))
                .max(Comparator.naturalOrder())
                .ifPresent(
                        oldest -> next.removeIf(version -> version.createdAt().isBefore(oldest)));
        set(List.copyOf(next));
    }

    private static KeyVersion changed(KeyVersion version, Instant createdAt, boolean leaked) {
        return new KeyVersion(version.number(), version.secret(), createdAt, leaked);
    }

    /** Makes the key look older than it is. */
    void age(Duration by) {
        set(versions.stream()
                .map(version -> changed(version, version.createdAt().minus(by), version.isLeaked()))
                .toList());
    }

    private void set(List<KeyVersion> next) {
        List<KeyVersion> former = versions;
        versions = next;
        journal.changed(() -> versions = former);
    }

    private byte[] secret() {
        ByteBuffer secret = ByteBuffer.allocate(KeyVersion.SHORTEST_SECRET);
        while (secret.hasRemaining()) {
            secret.putLong(secrets.nextLong());
        }
        return secret.array();
    }
}
