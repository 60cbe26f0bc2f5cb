package dev.lockstep.runtimes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Open Liberty.
 *
 * @param home where it is unpacked
 */
record Liberty(Path home) implements Server {

    private static final String SERVER = "servers/shop/";

    @Override
    public List<String> setUp(ServerFolder site) throws IOException {
        site.make(SERVER + "dropins");
        site.write(SERVER + "server.xml", """
                <server>
                  <featureManager>
                    <feature>webProfile-10.0</feature>
                    <feature>microProfile-6.1</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                </server>
                """.formatted(site.port()));
        List<String> command = new ArrayList<>(List.of(site.java().toString()));
        command.addAll(site.settings());
        command.addAll(List.of(
                "@" + home.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                "shop"));
        return command;
    }

    @Override
    public Map<String, String> environment(ServerFolder site) {
        return Map.of("WLP_USER_DIR", site.folder().toString());
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve(SERVER + "dropins");
    }
}
