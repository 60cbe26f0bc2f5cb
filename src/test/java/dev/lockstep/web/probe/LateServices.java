package dev.lockstep.web.probe;

import dev.lockstep.SessionManager;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.WebServices;
import jakarta.servlet.http.HttpServlet;
import java.util.function.Supplier;

/** Whose CDI has not started when the server asks for the filter. */
public final class LateServices implements WebServices {

    /** What is configured, where CDI starts at last; set by the test. */
    public static volatile Supplier<WebConfig> config = LateServices::missing;

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public void start(String contextPath) {
        config.get();
    }

    @Override
    public WebConfig config() {
        return config.get();
    }

    @Override
    public SessionManager sessions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpServlet endpoints() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refused(TokenRefused refusal) {}

    private static WebConfig missing() {
        throw new IllegalStateException("CDI is missing");
    }
}
