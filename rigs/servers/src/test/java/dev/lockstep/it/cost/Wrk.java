package dev.lockstep.it.cost;

import dev.lockstep.process.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Will Glozer's wrk: keep-alive connections, each with a request under way at all times. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern FAILURES = Pattern.compile("Non-2xx or 3xx responses: .*|Socket errors: .*");

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
    private static final Pattern NOT_200 = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

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
        return rate(wrk, uri, FAILURES.matcher(wrk.output()).find());
    }

    /**
     * Requests per second that were refused, each with a token of its own: ten thousand, or as many
     * as the machine answers.
     *
     * @param script made by {@link #forgedTokens}
     */
    static double refused(URI uri, Path script, int seconds) throws IOException, InterruptedException {
        Program.Ended wrk = Program.run(
                Duration.ofSeconds(seconds).plus(PATIENCE),
                "wrk",
                "-t1",
                "-c20",
                "-d" + seconds + "s",
                "-s",
                script.toString(),
                uri.toString());
        Matcher all = REQUESTS.matcher(wrk.output());
        Matcher failures = NOT_200.matcher(wrk.output());
        return rate(wrk, uri, !all.find() || !failures.find() || !all.group(1).equals(failures.group(1)));
    }

    private static double rate(Program.Ended wrk, URI uri, boolean isWrong) {
        if (wrk.status() == NOT_FOUND) {
            throw new IllegalStateException(
                    "wrk is not installed; on Debian and Ubuntu it is the package wrk: apt-get install wrk");
        }
        Matcher rate = RATE.matcher(wrk.output());
        if (wrk.status() != 0 || !rate.find() || isWrong) {
            throw new IllegalStateException("wrk on " + uri + ": " + wrk.output());
        }
        return Double.parseDouble(rate.group(1));
    }

    /**
     * A script that sends tokens of the right form, with bytes of its own making, and waits a
     * millisecond between the requests of a connection.
     */
    static Path forgedTokens(Path directory) throws IOException {
        return Files.writeString(directory.resolve("forged.lua"), """
                local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                local last = "AEIMQUYcgkosw048"
                local requests = {}
                local next = 0

                function init(arguments)
                  math.randomseed(os.time())
                  for i = 1, 20000 do
                    local token = {}
                    for at = 1, 42 do
                      local n = math.random(64)
                      token[at] = alphabet:sub(n, n)
                    end
                    local n = math.random(16)
                    wrk.headers["Authorization"] = "Bearer lks_" .. table.concat(token) .. last:sub(n, n)
                    requests[i] = wrk.format()
                  end
                end

                function request()
                  next = next % #requests + 1
                  return requests[next]
                end

                function delay()
                  return 1
                end
                """);
    }
}
