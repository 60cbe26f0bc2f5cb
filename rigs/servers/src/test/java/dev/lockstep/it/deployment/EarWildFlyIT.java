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

/** An EAR, which would forget its sessions, is not deployed. Payara Micro takes no EAR at all. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class EarWildFlyIT {

    private static final String EAR = "ear";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = EAR, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, "shop.ear")
                .addAsModule(Deployments.war("shopweb", Map.of(), HelloServlet.class));
    }

    @Test
    void anEarIsRefused() {
        RefusedDeployments.assertRefused(deployer, EAR, "shopweb", "LOCKSTEP-0013 Lockstep is in an EAR");
    }
}
