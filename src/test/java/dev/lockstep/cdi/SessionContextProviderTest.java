package dev.lockstep.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SessionContextProviderTest {

    @Test
    void aContainerFindsItByItsService() {
        assertThat(ServiceLoader.load(ThreadContextProvider.class))
                .extracting(ThreadContextProvider::getThreadContextType)
                .containsExactly("Lockstep");
    }
}
