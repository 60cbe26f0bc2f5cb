package dev.lockstep.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Http;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The client of {@link BackdoorServlet}.
 *
 * @param application where it is deployed
 */
public record Backdoor(String application) {

    public String open(String principal, String... groups) {
        return ask("open", encode(principal) + "&groups=" + encode(String.join(",", groups)));
    }

    public void revoke(String token) {
        ask("revoke", encode(token));
    }

    public void withoutStore(Runnable action) {
        ask("stall", "");
        try {
            action.run();
        } finally {
            ask("resume", "");
        }
    }

    private String ask(String action, String of) {
        var response = Http.to(application).post("/backdoor?do=" + action + "&of=" + of, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
