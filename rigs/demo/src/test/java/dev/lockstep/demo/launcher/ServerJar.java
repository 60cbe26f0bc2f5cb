package dev.lockstep.demo.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Payara Micro's jar, with what {@code java -jar} would read from its manifest.
 *
 * @param path where it is
 * @param mainClass what it starts
 * @param moduleOptions the packages of the JDK that it wants opened
 */
record ServerJar(Path path, String mainClass, List<String> moduleOptions) {

    static ServerJar read(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            return new ServerJar(
                    path,
                    manifest.getValue(Attributes.Name.MAIN_CLASS),
                    Stream.concat(options(manifest, "Add-Exports"), options(manifest, "Add-Opens"))
                            .toList());
        }
    }

    private static Stream<String> options(Attributes manifest, String name) {
        String option = "--" + name.toLowerCase(Locale.ROOT);
        return Stream.of(manifest.getValue(name).split(" ")).map(target -> option + "=" + target + "=ALL-UNNAMED");
    }
}
