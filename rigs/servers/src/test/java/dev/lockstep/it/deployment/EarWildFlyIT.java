package dev.lockstep.it.deployment;

import dev.lockstep.it.Deployments;
import dev.lockstep.it.HelloServlet;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An EAR, whose modules would see a part of their configuration only, is not deployed, wherever
 * Lockstep is in it. Payara Micro takes no EAR at all.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class EarWildFlyIT {

    private static final String IN_WAR = "in-war";
    private static final String IN_EACH_WAR = "in-each-war";
    private static final String IN_LIB = "in-lib";
    private static final String REASON = "LOCKSTEP-0013 Lockstep is in an EAR";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = IN_WAR, managed = false, testable = false)
    static EnterpriseArchive inWar() {
        return ShrinkWrap.create(EnterpriseArchive.class, "shop.ear")
                .addAsModule(Deployments.war("shopweb", Map.of(), HelloServlet.class));
    }

    @Deployment(name = IN_EACH_WAR, managed = false, testable = false)
    static EnterpriseArchive inEachWar() {
        return ShrinkWrap.create(EnterpriseArchive.class, "shops.ear")
                .addAsModule(Deployments.war("first", Map.of(), HelloServlet.class))
                .addAsModule(Deployments.war("second", Map.of(), HelloServlet.class));
    }

    @Deployment(name = IN_LIB, managed = false, testable = false)
    static EnterpriseArchive inLib() {
        return Deployments.libraries(ShrinkWrap.create(EnterpriseArchive.class, "library.ear"))
                .addAsModule(Deployments.plainWar("third", HelloServlet.class))
                .addAsModule(Deployments.plainWar("fourth", HelloServlet.class));
    }

    @Test
    void aWarThatHasItIsRefusedInAnEar() {
        RefusedDeployments.assertRefused(deployer, IN_WAR, "shopweb", REASON);
    }

    @Test
    void twoWarsThatHaveItEachAreRefused() {
        RefusedDeployments.assertRefused(deployer, IN_EACH_WAR, "second", REASON);
    }

    @Test
    void anEarThatHasItAmongItsLibrariesIsRefused() {
        RefusedDeployments.assertRefused(deployer, IN_LIB, "third", REASON);
    }
}
