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
    public List<String> setUp(Site site) throws IOException {
        site.make("webapps");
        List<String> command = new ArrayList<>(List.of(site.java().toString()));
        command.addAll(site.settings());
        command.addAll(List.of(
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + site.folder(),
                "--module=http," + edition + "-deploy," + edition + "-annotations," + edition + "-cdi-decorate",
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + site.port(),
                "jetty.deploy.scanInterval=1"));
        return command;
    }

    @Override
    public Path applications(Site site) {
        return site.folder().resolve("webapps");
    }

    @Override
    public boolean hasRest() {
        return false;
    }
}
