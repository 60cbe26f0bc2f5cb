package dev.lockstep.demo.launcher;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the nodes need to know for the page that shows both: where they are, and that a page of one
 * may call the other.
 *
 * @param port where node A listens; node B has the next one
 */
record BrowserSettings(int port) {

    /** Both names of the loopback address, as a person may type either. */
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

    /** @param given the properties of a node, which go before */
    Map<String, String> and(Map<String, String> given) {
        Map<String, String> all = new TreeMap<>();
        all.put("demo.a", address("127.0.0.1", port));
        all.put("demo.b", address("127.0.0.1", port + 1));
        all.put("lockstep.web.cors.origins", String.join(",", origins()));
        all.putAll(given);
        return all;
    }

    private List<String> origins() {
        return HOSTS.stream()
                .flatMap(host -> Stream.of(address(host, port), address(host, port + 1)))
                .toList();
    }

    private static String address(String host, int port) {
        return "http://" + host + ":" + port;
    }
}
