package dev.lockstep.cache.remote;

import dev.lockstep.concurrent.OnceAMinute;
import dev.lockstep.redaction.Redaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/**
 * Takes in what comes over a transport, on the transport's thread. Nothing that is thrown there
 * gets out, an {@link Error} neither, as a client library may end the connection then. It is told
 * at most once a minute.
 *
 * <p>As safe for several threads as what it hands the texts to.
 */
public final class GuardedConsumer implements Consumer<String> {

    private static final Logger LOG = System.getLogger(GuardedConsumer.class.getName());

    private final String channel;
    private final Consumer<String> texts;
    private final OnceAMinute due = new OnceAMinute();

    /**
     * @param channel its name, for messages
     * @param texts gets each; may throw
     */
    public GuardedConsumer(String channel, Consumer<String> texts) {
        this.channel = channel;
        this.texts = texts;
    }

    /** Never throws. */
    @Override
    public void accept(String text) {
        try {
            texts.accept(text);
        } catch (RuntimeException | Error e) {
            if (due.isDue()) {
                LOG.log(
                        Level.WARNING,
                        "LOCKSTEP-0336 A message of the revocation channel could not be taken in; the log brings what"
                                + " it said. channel=" + channel,
                        Redaction.cause(e, ""));
            }
        }
    }
}
