package dev.lockstep.cache.infinispan;

import java.io.DataInput;
import java.io.IOException;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_SOCK2;

/**
 * Failure detection by connections, whose port reads nothing but {@link KnownMessages}. Whoever
 * sends anything else is disconnected. Thread-safe as FD_SOCK2 is.
 */
final class StrictFailureDetection extends FD_SOCK2 {

    private final RefusalLog strangers = new RefusalLog();

    StrictFailureDetection() {
        setId(ClassConfigurator.getProtocolId(FD_SOCK2.class));
    }

    @Override
    public void receive(Address sender, DataInput in, int length) throws Exception {
        super.receive(sender, KnownMessages.input(known(in, length), 0, length), length);
    }

    private byte[] known(DataInput in, int length) throws IOException {
        try {
            byte[] frame = KnownMessages.readBytes(in, length);
            KnownMessages.checkEmpty(frame);
            return frame;
        } catch (RefusedMessageException e) {
            strangers.refused(e);
            throw e;
        }
    }
}
