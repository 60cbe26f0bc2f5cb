package dev.lockstep.it.security;

import dev.lockstep.contract.CapturedLog;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import java.util.List;

/** Takes down what Lockstep says of roles while the application starts. */
public class StartNotes implements Extension {

    private final CapturedLog log = new CapturedLog("dev.lockstep.cdi.ContainerRoles");

    void begin(@Observes BeforeBeanDiscovery event) {}

    void end(@Observes BeforeShutdown event) {
        log.close();
    }

    List<String> told() {
        return log.messages();
    }
}
