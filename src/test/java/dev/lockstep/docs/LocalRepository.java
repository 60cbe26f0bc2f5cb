package dev.lockstep.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A local repository of Maven, with Lockstep as {@code ./mvnw install} leaves it.
 *
 * @param folder its own
 * @param tail the repository to look in for all else
 */
public record LocalRepository(Path folder, String tail) {

    /** @param jar Lockstep's, named with its version */
    public void install(Path jar) throws IOException {
        String version = jar.getFileName().toString().replaceFirst("lockstep-(.*)\\.jar", "$1");
        Path installed =
                Files.createDirectories(folder.resolve("dev/lockstep/lockstep").resolve(version));
        Files.copy(jar, installed.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                Path.of("pom.xml"),
                installed.resolve("lockstep-" + version + ".pom"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Has Maven build a project of a user from what is here.
     *
     * @param arguments goals and options of Maven's
     */
    public void build(Path project, String arguments) throws IOException {
        new Script("%s -B -q -f %s -Dmaven.repo.local=%s -Dmaven.repo.local.tail=%s %s"
                        .formatted(Path.of("mvnw").toAbsolutePath(), project, folder, tail, arguments))
                .run();
    }
}
