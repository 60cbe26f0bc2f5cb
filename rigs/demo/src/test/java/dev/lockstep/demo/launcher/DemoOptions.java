package dev.lockstep.demo.launcher;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the command line asks for.
 *
 * @param port where node A listens; node B has the next one
 * @param exit whether to end after the walk-through instead of staying up
 * @param forA the {@code lockstep.} properties of node A
 * @param forB the {@code lockstep.} properties of node B
 */
record DemoOptions(int port, boolean exit, Map<String, String> forA, Map<String, String> forB) {

    private static final String PREFIX = "lockstep.";

    /** @throws DemoFailed if {@code demo.port} is not a port that has a next one */
    static DemoOptions from(Properties properties) {
        return new DemoOptions(
                port(properties.getProperty("demo.port", "8080")),
                Boolean.parseBoolean(properties.getProperty("demo.exit")),
                forNode(properties, "demo.a."),
                forNode(properties, "demo.b."));
    }

    private static int port(String given) {
        try {
            int port = Integer.parseInt(given.strip());
            if (port >= 1 && port < 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new DemoFailed("-Ddemo.port=" + given + " is not a port: give a number from 1 to 65534.");
    }

    /** Those for both nodes, then those for this one alone, which may leave out the prefix. */
    private static Map<String, String> forNode(Properties properties, String own) {
        Map<String, String> found = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                found.put(name, properties.getProperty(name));
            }
        }
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(own)) {
                String rest = name.substring(own.length());
                found.put(rest.startsWith(PREFIX) ? rest : PREFIX + rest, properties.getProperty(name));
            }
        }
        return found;
    }
}
