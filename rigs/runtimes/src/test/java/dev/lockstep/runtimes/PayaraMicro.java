package dev.lockstep.runtimes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro. */
record PayaraMicro(Path jar) implements Server {

    @Override
    public List<String> setUp(ServerFolder site) throws IOException {
        site.write(
                "preboot.asadmin",
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                        + "=127.0.0.1");
        List<String> command = new ArrayList<>(List.of(site.java().toString()));
        command.addAll(site.settings());
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--nohazelcast",
                "--rootDir",
                site.make("root").toString(),
                "--prebootcommandfile",
                site.folder().resolve("preboot.asadmin").toString(),
                "--port",
                "" + site.port(),
                "--deploy",
                site.make("applications").resolve("shop.war").toString()));
        return command;
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("applications");
    }

    @Override
    public boolean watches() {
        return false;
    }
}
