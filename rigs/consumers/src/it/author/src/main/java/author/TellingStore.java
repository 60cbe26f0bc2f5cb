package author;

import dev.lockstep.spi.DirectLog;
import dev.lockstep.spi.LogConnection;
import dev.lockstep.spi.RevocationLog;
import java.util.Optional;

/** What a store adds whose database can tell its clients of a change. */
interface TellingStore extends RevocationLog, DirectLog {

    /** Stands for the database's way to tell. */
    Bus BUS = new Bus();

    @Override
    default LogConnection connect() {
        return LogConnection.of(this);
    }

    @Override
    default Optional<StoreChannel> channel() {
        return Optional.of(new StoreChannel("told", (threads, listener) -> BUS.open()));
    }
}
