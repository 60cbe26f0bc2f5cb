package dev.lockstep.cache.remote;

/**
 * What is said of a server. Immutable.
 *
 * @param name what it is called within a sentence
 * @param unreachable begins the warning that there is no connection; the cause follows
 * @param remedy ends that warning
 * @param reached that there is a connection again
 * @param unconnected why an operation failed without a connection
 * @param failed begins the text of an operation that failed; the cause follows
 */
public record ServerMessages(
        String name, String unreachable, String remedy, String reached, String unconnected, String failed) {}
