package dev.lockstep.it.cost;

import dev.lockstep.process.Program;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Will Glozer's wrk: keep-alive connections, each with a request under way at all times. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern FAILURES = Pattern.compile("Non-2xx or 3xx responses: .*|Socket errors: .*");

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int NOT_FOUND = 127;

    private Wrk() {}

    /** Requests per second. */
    static double run(URI uri, String token, int seconds) throws IOException, InterruptedException {
        Program.Ended wrk = Program.run(
                Duration.ofSeconds(seconds).plus(PATIENCE),
                "wrk",
                "-t1",
                "-c16",
                "-d" + seconds + "s",
                "-H",
                "Authorization: Bearer " + token,
                uri.toString());
        if (wrk.status() == NOT_FOUND) {
            throw new IllegalStateException(
                    "wrk is not installed; on Debian and Ubuntu it is the package wrk: apt-get install wrk");
        }
        Matcher rate = RATE.matcher(wrk.output());
        if (wrk.status() != 0 || !rate.find() || FAILURES.matcher(wrk.output()).find()) {
            throw new IllegalStateException("wrk on " + uri + ": " + wrk.output());
        }
        return Double.parseDouble(rate.group(1));
    }
}
