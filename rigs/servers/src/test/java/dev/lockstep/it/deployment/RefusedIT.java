package dev.lockstep.it.deployment;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.HelloServlet;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application that would be open is not deployed. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RefusedIT {

    private static final String MISSPELT = "misspelt";
    private static final String UNDEFINED = "undefined";
    private static final String TWICE = "twice";
    private static final String ORDERED = "ordered";

    @ArquillianResource
    Deployer deployer;

    /** On Payara the source of the application's own file has no name that tells. */
    @Deployment(name = MISSPELT, managed = false, testable = false)
    static WebArchive misspelt() {
        return Deployments.war(MISSPELT, Map.of("lockstep.web.protct", "/*"), HelloServlet.class);
    }

    @Deployment(name = UNDEFINED, managed = false, testable = false)
    static WebArchive undefined() {
        return Deployments.war(UNDEFINED, Map.of("lockstep.web.protect", "${shop.api}/*"), HelloServlet.class);
    }

    /** By its annotation the server makes a mechanism of its own. */
    @Deployment(name = TWICE, managed = false, testable = false)
    static WebArchive twice() {
        return Deployments.war(
                TWICE, Map.of("lockstep.security", "container"), HelloServlet.class, BasicMechanism.class);
    }

    /** The server ignores the initializers of libraries, ours among them. */
    @Deployment(name = ORDERED, managed = false, testable = false)
    static WebArchive ordered() {
        return Deployments.war(ORDERED, Map.of("lockstep.web.protect", "/*"), HelloServlet.class)
                .setWebXML(new StringAsset("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                          <absolute-ordering/>
                        </web-app>
                        """));
    }

    @Test
    void anApplicationWhoseFilterNobodyWouldRegisterIsRefused() {
        RefusedDeployments.assertRefused(deployer, ORDERED, "ordered", "LOCKSTEP-0525");
    }

    @Test
    void twoMechanismsAreRefused() {
        RefusedDeployments.assertRefused(deployer, TWICE, "twice", "LOCKSTEP-0519");
    }

    @Test
    void aKeyThatMeansNothingInTheApplicationsOwnFileIsRefused() {
        RefusedDeployments.assertRefused(deployer, MISSPELT, "misspelt", "LOCKSTEP-0002 lockstep.web.protct");
    }

    @Test
    void pathsThatCannotBeExpandedAreRefused() {
        RefusedDeployments.assertRefused(deployer, UNDEFINED, "undefined", "LOCKSTEP-0007 lockstep.web.protect");
    }
}
