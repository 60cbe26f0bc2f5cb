package dev.lockstep.it.identity;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Script;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The file that the how-to has a user make, so that tasks know the session of their request. */
public final class ContextProviderFile {

    private static final Block COMMANDS = Block.printed("docs/howto/protect.md", "sh", 1);
    private static final String SERVICES = "META-INF/services";

    private ContextProviderFile() {}

    /** Makes it as the page says, and adds it as a user's build would. */
    public static WebArchive addTo(WebArchive war) {
        try {
            Path project = Files.createTempDirectory(Path.of("target"), "context");
            new Script(COMMANDS).in(project).run();
            for (File file : project.resolve("src/main/resources")
                    .resolve(SERVICES)
                    .toFile()
                    .listFiles()) {
                war.addAsResource(file, SERVICES + "/" + file.getName());
            }
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
