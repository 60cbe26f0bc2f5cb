package dev.lockstep.it.cost;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Will Glozer's wrk: keep-alive connections, each with a request under way at all times. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern FAILURES = Pattern.compile("Non-2xx or 3xx responses: .*|Socket errors: .*");

    private Wrk() {}

    /** Requests per second. */
    static double run(URI uri, String token, int seconds) throws IOException, InterruptedException {
        Process wrk = start(
                "wrk", "-t1", "-c16", "-d" + seconds + "s", "-H", "Authorization: Bearer " + token, uri.toString());
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(output);
        if (wrk.waitFor() != 0 || !rate.find() || FAILURES.matcher(output).find()) {
            throw new IllegalStateException("wrk on " + uri + ": " + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "wrk is not installed; on Debian and Ubuntu it is the package wrk: apt-get install wrk", e);
        }
    }
}
