package dev.lockstep.web.probe;

import dev.lockstep.SessionManager;
import dev.lockstep.TokenRefused;
import dev.lockstep.config.WebConfig;
import dev.lockstep.web.WebServices;
import jakarta.servlet.http.HttpServlet;

/** Knows no configuration, as where the application's cannot be read. */
public final class BrokenServices implements WebServices {

    @Override
    public void start(String contextPath) {}

    @Override
    public WebConfig config() {
        throw new IllegalArgumentException("on purpose");
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
    public void refused(TokenRefused refusal) {
        throw new UnsupportedOperationException();
    }
}
