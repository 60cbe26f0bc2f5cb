package dev.lockstep.cache.file;

/** A file or folder cannot be trusted. The message says which, why, and what to do. */
public final class UnsafeFileException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsafeFileException(String message) {
        super(message);
    }
}
