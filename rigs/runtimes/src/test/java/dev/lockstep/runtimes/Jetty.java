package dev.lockstep.runtimes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Jetty 12.
 *
 * @param home where it is unpacked
 * @param edition of Jakarta EE: {@code ee10} or {@code ee11}
 */
record Jetty(Path home, String edition) implements Server {

    @Override
    public List<String> setUp(ServerFolder site) throws IOException {
        site.make("webapps");
        List<String> command = new ArrayList<>(List.of(site.java().toString()));
        command.addAll(site.settings());
        command.addAll(List.of(
                "-Djetty.http.host=127.0.0.1",
                "-Djetty.http.port=" + site.port(),
                "-Djetty.deploy.scanInterval=1",
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + site.folder(),
                "--module=http," + edition + "-deploy," + edition + "-annotations," + edition + "-cdi-decorate"));
        return command;
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("webapps");
    }

    @Override
    public boolean hasRest() {
        return false;
    }
}
