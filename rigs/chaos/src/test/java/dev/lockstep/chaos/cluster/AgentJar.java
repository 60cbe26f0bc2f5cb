package dev.lockstep.chaos.cluster;

import dev.lockstep.chaos.agent.ChaosAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The jar that {@code -javaagent} asks for: a manifest that names the agent, which is on the class
 * path.
 */
final class AgentJar {

    private AgentJar() {}

    static Path write(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), ChaosAgent.class.getName());
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }
}
