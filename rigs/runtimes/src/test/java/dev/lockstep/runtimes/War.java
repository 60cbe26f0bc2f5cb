package dev.lockstep.runtimes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs the web application. */
final class War {

    private static final List<String> CLASSES =
            List.of("LoginServlet", "UserGroups", "ApiServlet", "RestResource", "RestResource$RestApplication");

    private static final String PROTECTION = """
            lockstep.web.protect=/api/*,/rest/*
            lockstep.web.permit=/api/public/*
            lockstep.web.require=/api/admin/*=admins
            """;

    private War() {}

    /**
     * Writes it as the server's page says.
     *
     * @param libraries go to {@code WEB-INF/lib}, in this order
     * @param settings more than those of the page
     */
    static void write(
            Path target, Server server, List<Path> libraries, String settings, SessionsServer.Database database)
            throws IOException {
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(target))) {
            put(war, "WEB-INF/beans.xml", InputStream.nullInputStream());
            for (Map.Entry<String, String> file : server.files().entrySet()) {
                put(war, file.getKey(), text(database.adapt(file.getValue())));
            }
            put(
                    war,
                    "WEB-INF/classes/META-INF/microprofile-config.properties",
                    text(database.adapt(server.settings()) + PROTECTION + settings));
            for (String type : CLASSES) {
                if (server.isJakartaServer() || !type.startsWith("Rest")) {
                    String file = "dev/lockstep/runtimes/app/" + type + ".class";
                    put(
                            war,
                            "WEB-INF/classes/" + file,
                            War.class.getClassLoader().getResourceAsStream(file));
                }
            }
            for (Path library : libraries) {
                put(war, "WEB-INF/lib/" + library.getFileName(), Files.newInputStream(library));
            }
        }
    }

    /** The libraries in a folder whose name begins with one of these. */
    static List<Path> libraries(Path folder, String... names) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> Stream.of(names)
                            .anyMatch(name -> path.getFileName().toString().startsWith(name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static void put(ZipOutputStream war, String name, InputStream content) throws IOException {
        try (content) {
            war.putNextEntry(new ZipEntry(name));
            content.transferTo(war);
            war.closeEntry();
        }
    }
}
