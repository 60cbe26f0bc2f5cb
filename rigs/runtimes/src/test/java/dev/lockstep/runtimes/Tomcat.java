package dev.lockstep.runtimes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tomcat, and what is made of it.
 *
 * @param home where it is unpacked
 * @param hasRest whether it has Jakarta REST
 */
record Tomcat(Path home, boolean hasRest) implements Server {

    @Override
    public List<String> setUp(ServerFolder site) throws IOException {
        ServerFolder.copy(home.resolve("conf"), site.folder().resolve("conf"));
        List.of("webapps", "logs", "temp", "work", "lib").forEach(site::make);
        String settings = Files.readString(home.resolve("conf/server.xml"))
                .replace("<Server port=\"8005\"", "<Server port=\"-1\"")
                .replace("port=\"8080\"", "address=\"127.0.0.1\" port=\"" + site.port() + "\"")
                .replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" ");
        Files.writeString(site.folder().resolve("conf/server.xml"), settings);
        List<String> command = new ArrayList<>(List.of(site.java().toString()));
        command.addAll(site.settings());
        command.addAll(List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + site.folder(),
                "-Djava.util.logging.config.file=" + site.folder().resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        return command;
    }

    @Override
    public Path applications(ServerFolder site) {
        return site.folder().resolve("webapps");
    }
}
