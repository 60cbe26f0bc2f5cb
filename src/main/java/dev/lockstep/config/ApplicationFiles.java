package dev.lockstep.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * The names that the application's own {@code META-INF/microprofile-config.properties} set, those
 * of a profile included. Read from the files, since not every server's sources tell by their names
 * which of them these files are.
 */
final class ApplicationFiles {

    private static final String FILE = "META-INF/microprofile-config";
    private static final String ENDING = ".properties";

    private ApplicationFiles() {}

    /** Each name, and where it is set. */
    static Map<String, String> names(Config config) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        Map<String, String> names = new TreeMap<>();
        if (application != null) {
            files(config).forEach(file -> read(application, file, names));
        }
        return names;
    }

    private static List<String> files(Config config) {
        List<String> files = new ArrayList<>(List.of(FILE + ENDING));
        Profiles.of(config).inOrder().forEach(profile -> files.add(FILE + "-" + profile + ENDING));
        return files;
    }

    private static void read(ClassLoader application, String file, Map<String, String> names) {
        try {
            for (URL url : Collections.list(application.getResources(file))) {
                load(url).stringPropertyNames().forEach(name -> names.put(name, url.toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uncached: what is cached would keep the application's jar open. */
    private static Properties load(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        Properties properties = new Properties();
        try (InputStream in = connection.getInputStream()) {
            properties.load(in);
        }
        return properties;
    }
}
