package dev.lockstep.demo.launcher;

import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person reads of the walk-through. Of a token it shows that one came, how long it is, and a
 * number to know it by later. Confined to one thread.
 */
final class Transcript {

    private static final Pattern TOKEN = Pattern.compile("(?<=\"token\":\")[^\"]*");

    private final PrintStream out;
    private int steps;
    private int tokens;

    Transcript(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        steps++;
        out.printf("%n%2d. %s%n", steps, title);
    }

    void request(String node, String request, @Nullable Token token, @Nullable String body) {
        out.printf(
                "    %s  %s%s%s%n",
                node,
                request,
                token == null ? "" : "  Authorization: Bearer " + token,
                body == null ? "" : "  " + body);
    }

    void answer(HttpResponse<String> response, Duration took) {
        String challenge = response.headers()
                .firstValue("WWW-Authenticate")
                .map(value -> "  WWW-Authenticate: " + value)
                .orElse("");
        out.printf(
                "       %d%s%s  (%d ms)%n",
                response.statusCode(), challenge, readable(response.body()), took.toMillis());
    }

    /** The name of the token that was shown last. */
    String lastToken() {
        return "token " + tokens;
    }

    void say(String text) {
        out.println(text);
    }

    private String readable(String body) {
        if (body.isBlank()) {
            return "";
        }
        if (!body.startsWith("{") && !body.startsWith("[")) {
            return "  (" + body.length() + " characters that are not JSON)";
        }
        String masked = TOKEN.matcher(body).replaceAll(this::mask);
        return "  " + masked.strip().replace("},{", "},\n             {");
    }

    private String mask(MatchResult token) {
        tokens++;
        return "<" + lastToken() + ", " + token.group().length() + " characters>";
    }
}
