package dev.lockstep.it.identity;

import dev.lockstep.it.Http;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** On WildFly. */
@ExtendWith(ArquillianExtension.class)
class ConnectionsWildFlyIT extends ConnectionsOnServer {

    ConnectionsWildFlyIT() {
        super(Http.port());
    }

    @Deployment(name = NODE, order = 1, testable = false)
    static WebArchive node() {
        return ConnectionsOnServer.node();
    }

    @Deployment(name = OTHER, order = 2, testable = false)
    static WebArchive other() {
        return ConnectionsOnServer.other();
    }

    @Deployment(name = BRIEF, order = 3, testable = false)
    static WebArchive brief() {
        return ConnectionsOnServer.brief();
    }
}
