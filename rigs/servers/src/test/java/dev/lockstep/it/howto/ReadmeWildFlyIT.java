package dev.lockstep.it.howto;

import dev.lockstep.it.Http;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The README's example deploys as printed, on the server's default data source, and does what its
 * commands promise. {@link HowToPayaraIT} has the same on Payara.
 */
@ExtendWith(ArquillianExtension.class)
class ReadmeWildFlyIT {

    @Deployment(testable = false)
    static WebArchive shop() throws Exception {
        return Shop.war("shop");
    }

    @Test
    void theExampleLogsInAndOut() throws Exception {
        Shop.runCommands(Http.port(), "shop");
    }
}
