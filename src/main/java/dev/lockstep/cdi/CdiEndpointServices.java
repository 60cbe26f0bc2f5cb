package dev.lockstep.cdi;

import dev.lockstep.SessionManager;
import dev.lockstep.endpoints.EndpointServices;
import dev.lockstep.key.ApplicationKey;
import dev.lockstep.monitoring.NodeMeters;
import dev.lockstep.monitoring.NodeStatus;
import dev.lockstep.spi.SessionSearch;
import dev.lockstep.spi.SessionStore;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives the endpoints the parts of the running deployment. Thread-safe. */
record CdiEndpointServices(Supplier<LockstepDeployment> deployment) implements EndpointServices {

    @Override
    public String application() {
        return deployment.get().application();
    }

    @Override
    public SessionManager sessions() {
        return deployment.get().manager();
    }

    @Override
    public SessionStore store() {
        return deployment.get().store();
    }

    @Override
    public ApplicationKey key() {
        return deployment.get().key();
    }

    @Override
    public Optional<SessionSearch> search() {
        return deployment.get().search();
    }

    @Override
    public NodeStatus status() {
        return deployment.get().status();
    }

    @Override
    public NodeMeters meters() {
        return deployment.get().meters();
    }

    @Override
    public void tell(Object event) {
        deployment.get().events().fire(event);
    }
}
