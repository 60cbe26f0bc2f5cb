package dev.lockstep.runtimes;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Payara Micro.
 *
 * @param jar the server
 * @param oldestJava that it runs on
 */
record PayaraMicro(Path jar, int oldestJava) implements Server {

    private static final Block START = Block.printed("docs/howto/payara.md", "sh", 1);
    private static final String ON_LOOPBACK =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                    + "=127.0.0.1";

    @Override
    public Script setUp(ServerFolder site) throws IOException {
        site.write("sessions.asadmin", Payara.POOL.text());
        site.write("preboot.asadmin", ON_LOOPBACK);
        site.offerDriver();
        return site.script(new Script(START)
                .replace(
                        "payara-micro.jar",
                        "'%s' --nohazelcast --rootdir '%s' --prebootcommandfile preboot.asadmin --port %d"
                                .formatted(jar, site.make("root"), site.port())));
    }

    @Override
    public String settings() {
        return Payara.SETTINGS.text();
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder();
    }

    @Override
    public boolean watches() {
        return false;
    }
}
