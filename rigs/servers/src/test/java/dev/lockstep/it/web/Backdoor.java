package dev.lockstep.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.Http;
import dev.lockstep.web.probe.Site;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The client of {@link BackdoorServlet}.
 *
 * @param port of the server
 * @param application where it is deployed
 * @param knowsTheCallerEverywhere as where the container asks who calls
 */
public record Backdoor(int port, String application, boolean knowsTheCallerEverywhere) implements Site {

    public Backdoor(int port, String application) {
        this(port, application, false);
    }

    /** On the server that Arquillian manages. */
    public Backdoor(String application) {
        this(Http.port(), application);
    }

    /** Likewise, of an application where the container asks who calls. */
    static Backdoor whereTheContainerAsks(String application) {
        return new Backdoor(Http.port(), application, true);
    }

    @Override
    public String context() {
        return "/" + application;
    }

    @Override
    public String open(String principal, String... groups) {
        return ask("open", encode(principal) + "&groups=" + encode(String.join("\n", groups)));
    }

    @Override
    public void revoke(String token) {
        ask("revoke", encode(token));
    }

    @Override
    public void forget() {
        ask("forget", "");
    }

    @Override
    public void withoutStore(Runnable action) {
        ask("stall", "");
        try {
            action.run();
        } finally {
            ask("resume", "");
        }
    }

    private String ask(String action, String of) {
        var response = Http.at(port, application).post("/backdoor?do=" + action + "&of=" + of, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
