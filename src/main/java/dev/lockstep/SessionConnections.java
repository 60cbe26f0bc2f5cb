package dev.lockstep;

/**
 * Ends WebSockets, event streams and the like together with their sessions: what a request opened
 * is checked once, when it is opened, and would go on after its session. Injectable. Thread-safe.
 *
 * <p>A registered connection is closed when its session
 *
 * <ul>
 *   <li>is revoked, on whichever node: soon after this node has learnt of it;
 *   <li>expires, by its idle timeout or its absolute one: about a second later. An open connection
 *       is no use of the session; {@link SessionManager#find} is one;
 *   <li>is no longer in the store: after five minutes at the latest. Where this node {@linkplain
 *       RevocationsMissed may have missed revocations}, it asks the store at once;
 *   <li>could not be confirmed for ten minutes, because the store did not answer.
 * </ul>
 *
 * <p>All are closed when the application ends, WebSockets then with code 1001 (going away).
 *
 * <p>It stays open when the session gets a new token by {@link SessionManager#rotate}: it is the
 * same session. The groups of a session are those with which it was opened; to take one away,
 * revoke the session, and open another.
 *
 * <p>How it is closed: a {@code jakarta.websocket.Session} with code 1008 (policy violation,
 * RFC 6455, 7.4.1), anything else by {@link AutoCloseable#close}, a {@code SseEventSink} of Jakarta
 * REST among them; on a thread of Lockstep's, outside any request. What it throws is logged and has
 * no other effect. One that takes longer than a second is interrupted: a client that does not read
 * may block the end of its stream.
 */
public interface SessionConnections {

    /**
     * Closes a connection when a session ends. If it has ended already, that is at once.
     *
     * <p>Asks the store, and blocks for as long as that takes. A session that is revoked meanwhile
     * is not overlooked, so nothing need be checked before or after.
     *
     * <p>WebSockets and event streams are forgotten when they are closed otherwise, about a second
     * later; whatever else is registered is kept until its session ends, or until
     * {@link Registration#unregister}.
     *
     * @param session for example {@link CurrentSession#require}, or what
     *     {@link SessionManager#find} found
     * @param connection what to close; closing it must end when it is interrupted, and may happen
     *     twice
     * @return lets go of the connection
     * @throws StoreUnavailableException if the store does not answer; then the connection is not
     *     registered, and is the caller's to close
     */
    Registration register(Session session, AutoCloseable connection);

    /** A connection that is going to be closed with its session. Thread-safe. */
    interface Registration {

        /** Lets go of the connection without closing it. */
        void unregister();
    }
}
