package dev.lockstep.runtimes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs the web application. */
final class War {

    private static final List<String> CLASSES =
            List.of("LoginServlet", "UserGroups", "ApiServlet", "RestResource", "RestResource$RestApplication");

    private static final String CONFIG = """
            lockstep.web.protect=/api/*,/rest/*
            lockstep.web.permit=/api/public/*
            lockstep.web.require=/api/admin/*=admins
            """;

    private War() {}

    /**
     * Written beside the target first, so that no server sees half of it.
     *
     * @param libraries go to {@code WEB-INF/lib}, in this order
     * @param rest whether it has a Jakarta REST resource
     */
    static void write(Path target, List<Path> libraries, boolean rest) throws IOException {
        Path made = Files.createTempFile(target.getParent().getParent(), "made", ".war");
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(made))) {
            put(war, "WEB-INF/beans.xml", InputStream.nullInputStream());
            put(war, "WEB-INF/classes/META-INF/microprofile-config.properties", text(CONFIG));
            for (String type : CLASSES) {
                if (rest || !type.startsWith("Rest")) {
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
        Files.move(made, target);
    }

    /** The libraries in a folder whose name begins with one of these. */
    static List<Path> libraries(Path folder, String... names) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> Stream.of(names)
                            .anyMatch(name -> path.getFileName().toString().startsWith(name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static InputStream text(String text) {
        return new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void put(ZipOutputStream war, String name, InputStream content) throws IOException {
        try (content) {
            war.putNextEntry(new ZipEntry(name));
            content.transferTo(war);
            war.closeEntry();
        }
    }
}
