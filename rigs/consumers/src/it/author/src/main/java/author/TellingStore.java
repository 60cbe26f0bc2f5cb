package author;

import dev.lockstep.spi.ChannelListener;
import dev.lockstep.spi.DirectLog;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.RevocationChannel;
import dev.lockstep.spi.RevocationLog;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** What a store adds whose database can tell its clients of a change. */
interface TellingStore extends RevocationLog, DirectLog {

    /** The database's way to tell. */
    RevocationChannel tell(ThreadFactory threads, ChannelListener listener);

    @Override
    default LogConnection connect() {
        return LogConnection.of(this);
    }

    @Override
    default Optional<StoreChannel> channel() {
        return Optional.of(new StoreChannel("told", this::tell));
    }
}
