package dev.lockstep.cache.sharedmemory.lmdb;

import dev.lockstep.LockstepException;
import dev.lockstep.cache.file.UnsafeFileException;
import dev.lockstep.redaction.RootCause;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.LmdbException;

/** Opens and closes an application's file, once at a time in this JVM. Confined to one thread. */
public final class LmdbOpener {

    private static final Logger LOG = System.getLogger(LmdbOpener.class.getName());

    /**
     * What must be free to open at all: LMDB writes to its lock file through a map, which ends the
     * JVM if it can't.
     */
    private static final long MIN_FREE_BYTES = 1L << 20;

    private final LmdbFile file;
    private final long maxBytes;
    private final long maxEntries;
    private boolean toldOfRoom;

    public LmdbOpener(Path folder, String application, long maxBytes, long maxEntries) {
        this.file = new LmdbFile(folder, application, maxBytes);
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
    }

    /**
     * Opens the file, which is made if it is absent.
     *
     * @throws UnsafeFileException if others could write it
     * @throws IOException if it can't be opened now
     */
    public LmdbEnvironment open() throws IOException, UnsafeFileException {
        file.prepare();
        if (!file.claim()) {
            throw new IOException(
                    "another deployment in this JVM has it open; it is opened when that one is gone. Two that"
                            + " stay need a lockstep.application or a path of their own");
        }
        try {
            return openClaimed();
        } catch (IOException | UnsafeFileException | RuntimeException | LinkageError e) {
            file.release();
            throw e;
        }
    }

    public void close(LmdbEnvironment environment) {
        if (environment.close()) {
            file.release();
        } else {
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0358 " + this + " stays open until this JVM ends: a thread is suspended while it reads."
                            + context());
        }
    }

    /** Whether the open file is the one that now has its name. */
    public boolean isStillThere(LmdbEnvironment environment) {
        try {
            return environment.identity().equals(file.identity());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether it is as long as it was made: beyond its end nothing can be read without ending the
     * JVM.
     */
    public boolean isWhole() {
        try {
            return file.size() >= maxBytes;
        } catch (IOException e) {
            return true; // whether it is there at all is looked at by others
        }
    }

    public void delete() {
        try {
            file.delete();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> this + " can't be deleted.", e);
        }
    }

    public LockstepException noNativeLibrary(Throwable cause) {
        return new LockstepException(
                "LOCKSTEP-0352 The native library of the cache shared-memory can't be loaded: " + RootCause.of(cause)
                        + ". It runs on Linux with glibc (x86-64, aarch64), and is unpacked to java.io.tmpdir, from where"
                        + " it must be allowed to execute (or set -Dlmdbjava.extract.dir); choose another cache"
                        + " otherwise.",
                cause);
    }

    private LmdbEnvironment openClaimed() throws IOException, UnsafeFileException {
        deleteLeftovers();
        warnOfLittleRoom();
        Object identity = identity();
        try {
            return LmdbEnvironment.open(file, identity, maxBytes, maxEntries);
        } catch (LmdbException e) {
            if (LmdbEnvironment.isDamage(e)) {
                return replaceDamaged(e);
            }
            throw e;
        }
    }

    private LmdbEnvironment replaceDamaged(LmdbException why) throws IOException, UnsafeFileException {
        file.deleteUnused();
        tellOfDamage(RootCause.of(why));
        file.prepare();
        return LmdbEnvironment.open(file, identity(), maxBytes, maxEntries);
    }

    private Object identity() throws IOException {
        @Nullable Object identity = file.identity();
        if (identity == null) {
            throw new IOException("its file has just been deleted");
        }
        return identity;
    }

    public void tellOfDamage(String why) {
        LOG.log(
                Level.WARNING,
                "LOCKSTEP-0360 " + this + " was damaged, and is replaced by an empty one: " + why
                        + ". Only hits are lost. Find out what else writes into its folder." + context());
    }

    private void deleteLeftovers() {
        try {
            file.deleteLeftovers();
        } catch (IOException | OverlappingFileLockException e) {
            LOG.log(Level.DEBUG, () -> "Files that " + this + " left behind can't be deleted.", e);
        }
    }

    private void warnOfLittleRoom() throws IOException {
        long room = file.room();
        if (room < MIN_FREE_BYTES) {
            throw new IOException("its file system has only " + room + " bytes left");
        }
        if (room < maxBytes && !toldOfRoom) {
            toldOfRoom = true;
            LOG.log(
                    Level.WARNING,
                    "LOCKSTEP-0353 " + this + " may grow to " + maxBytes + " bytes, and its file system has only "
                            + room
                            + " left: it will drop copies earlier. Set lockstep.shared-memory.max-size, or give it more"
                            + " (containers: --shm-size)." + context());
        }
    }

    /** For operators, behind the sentence. */
    public String context() {
        return " cache=shared-memory file=" + file;
    }

    @Override
    public String toString() {
        return "The shared memory " + file;
    }
}
