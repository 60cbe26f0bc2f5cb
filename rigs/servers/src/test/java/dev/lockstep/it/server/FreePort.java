package dev.lockstep.it.server;

import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.jboss.arquillian.container.spi.event.container.BeforeDeploy;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Waits until the server of the deployment before has left its port. Payara's adapter starts a
 * server for each deployment, and does not wait for the end of the one that it tells to end, which
 * takes seconds on a machine that is busy: the next found its port taken.
 */
public final class FreePort implements LoadableExtension {

    private static final boolean NEW_SERVER_EACH_TIME = "payara".equals(System.getProperty("arquillian.launch"));

    @Override
    public void register(ExtensionBuilder builder) {
        if (NEW_SERVER_EACH_TIME) {
            builder.observer(Waiting.class);
        }
    }

    /** Made by Arquillian. */
    public static final class Waiting {

        public void untilItIsFree(@Observes BeforeDeploy event) {
            int port = Integer.getInteger("it.http.port");
            await("port " + port + " to be left by the server before")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> isFree(port));
        }

        private static boolean isFree(int port) throws Exception {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            return true;
        }
    }
}
