package dev.lockstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the jar that the build made. Needs no server. */
class JarIT {

    /**
     * A little above what there is, so that whatever needs more is weighed first (decisions.md). Of
     * these, the endpoints with their pages have 94,000, meters and what publishes them 84,000,
     * each dialect of the store about 23,000, the container's identity 20,000, what a node tells
     * its listeners 19,000 and the ends of connections 18,000. What pokes, gathers calls of the
     * store and keeps near copies, without a library of 900,000, came with 70,000;
     * the application's key, in the store and as a node knows it, with 32,000; pushes over
     * PostgreSQL and Redis with 12,000.
     */
    private static final int MAX_BYTES = 1_050_000;

    private static final String OUTSIDE_THE_JVM =
            "dev/lockstep/cache/(database|file|guard|hotrod|infinispan|redis|remote|seal|sharedmemory|tls|wire)/.*";

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(System.getProperty("it.jar"));
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void itHoldsOurClassesAndMetadataAlone() {
        assertThat(entries())
                .extracting(JarEntry::getName)
                .allMatch(name -> name.startsWith("dev/lockstep/") || name.startsWith("META-INF/"))
                .noneMatch(name -> name.contains("/chaos/") || name.contains("/demo/") || name.endsWith("Test.class"));
    }

    @Test
    void withoutTheCachesOutsideTheJvmItIsSmall() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream small = new ZipOutputStream(bytes)) {
            for (JarEntry entry : entries()) {
                if (!entry.getName().matches(OUTSIDE_THE_JVM)) {
                    small.putNextEntry(new ZipEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(small);
                    small.closeEntry();
                }
            }
        }
        assertThat(bytes.size()).isLessThan(MAX_BYTES);
    }

    private List<JarEntry> entries() {
        return jar.stream().filter(entry -> !entry.isDirectory()).toList();
    }
}
