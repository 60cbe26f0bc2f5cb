package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SessionContextProviderTest {

    /** Not every server lets go of it again, and some would ask it in vain. */
    @Test
    void aContainerFindsItOnlyIfTheApplicationNamesIt() {
        assertThat(ServiceLoader.load(ThreadContextProvider.class)).isEmpty();
    }
}
