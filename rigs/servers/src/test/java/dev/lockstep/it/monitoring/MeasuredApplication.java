package dev.lockstep.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.it.BreakableCache;
import dev.lockstep.it.Deployments;
import dev.lockstep.it.Http;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application that is measured, and what shows its meters. */
final class MeasuredApplication {

    static final String NAME = "measured";

    private static final Http HTTP = Http.to(NAME);

    private MeasuredApplication() {}

    /** With so small a store that its queue can be filled. */
    static WebArchive application() {
        Map<String, String> config = Map.of(
                "lockstep.application", NAME,
                "lockstep.cache", "breakable",
                "lockstep.lease", "1s",
                "lockstep.store.timeout", "400ms",
                "lockstep.store.threads", "5",
                "lockstep.store.queue", "1",
                "lockstep.web.protect", "/secret/*",
                "mp.metrics.distribution.timer.buckets", "lockstep.revocation.duration=50ms,500ms,5s");
        return Deployments.war(NAME, config, BreakableCache.class, MeasuredServlet.class);
    }

    /** Whether this is WildFly, whose registry passes no buckets on. */
    static boolean isWildFly() {
        return System.getProperty("it.management.port") != null;
    }

    /** By WildFly's management, or by the application's port of Payara Micro. */
    static URI metrics() {
        return URI.create(
                isWildFly()
                        ? "http://127.0.0.1:" + System.getProperty("it.management.port") + "/prometheus"
                        : "http://127.0.0.1:" + Http.port() + "/metrics");
    }

    /** Has it do something, and answers what it says. */
    static String act(String what) {
        HttpResponse<String> answer = HTTP.get("/do/" + what);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The value of an attribute of its MBean; of a timer how many durations. */
    static String jmx(String attribute) {
        return act("read?" + attribute);
    }

    /** The status of a request without a token. */
    static int refused() {
        return HTTP.get("/secret/of-nobody").statusCode();
    }
}
