package dev.lockstep.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.SessionManager;
import dev.lockstep.StoreUnavailableException;
import dev.lockstep.contract.NaiveCache;
import dev.lockstep.monitoring.opentelemetry.NodeTraces;
import dev.lockstep.monitoring.opentelemetry.TracedRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The spans that real nodes make. */
class TracesOfNodesTest extends NodeScenario {

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final NodeTraces traces = new NodeTraces(telemetry, "shop");

    @BeforeEach
    void listen() {
        observer = traces;
    }

    @AfterEach
    void shutDown() {
        telemetry.close();
    }

    @Test
    void aLogoutIsASpanOfItsCallersAndConsistsOfItsCommitAndItsWaiting() {
        SessionManager sessions = node(null, null, LEASE);
        node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        SpanData caller = called("request", () -> sessions.revoke(issued.token()));

        SpanData revoke = awaitSpan("lockstep.revoke");
        assertThat(revoke.getParentSpanId()).isEqualTo(caller.getSpanId());
        assertThat(revoke.getTraceId()).isEqualTo(caller.getTraceId());
        assertThat(revoke.getAttributes().get(AttributeKey.stringKey("lockstep.application")))
                .isEqualTo("shop");
        assertThat(revoke.getAttributes().get(AttributeKey.longKey("lockstep.nodes")))
                .isEqualTo(1);
        assertThat(awaitSpan("lockstep.commit").getParentSpanId()).isEqualTo(revoke.getSpanId());
        assertThat(awaitSpan("lockstep.wait").getParentSpanId()).isEqualTo(revoke.getSpanId());
        assertThat(awaitSpan("lockstep.wait").getEndEpochNanos()).isLessThanOrEqualTo(revoke.getEndEpochNanos());
    }

    @Test
    void logoutsThatAreCommittedTogetherHaveSpansOfTheirOwn() {
        SessionManager sessions = node(null, null, LEASE);
        List<SpanData> callers = new ArrayList<>();
        List<CompletableFuture<?>> revoking = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            IssuedToken issued = sessions.open("alice", Set.of());
            callers.add(called(
                    "request " + i,
                    () -> revoking.add(sessions.revokeAsync(issued.token()).toCompletableFuture())));
        }
        revoking.forEach(CompletableFuture::join);
        await().until(() -> spans("lockstep.revoke").size() == 10);

        List<SpanData> revokes = spans("lockstep.revoke");
        assertThat(revokes)
                .extracting(SpanData::getParentSpanId)
                .containsExactlyInAnyOrderElementsOf(
                        callers.stream().map(SpanData::getSpanId).toList());
        assertThat(spans("lockstep.commit"))
                .extracting(SpanData::getParentSpanId)
                .containsExactlyInAnyOrderElementsOf(
                        revokes.stream().map(SpanData::getSpanId).toList());
    }

    @Test
    void aNodeThatHadToBeWaitedOutIsNamed() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.uncounted().register("dead", "a dead node", Duration.ofMillis(100));

        sessions.revoke(issued.token());

        assertThat(awaitSpan("lockstep.revoke").getAttributes().get(AttributeKey.stringArrayKey("lockstep.waited_out")))
                .containsExactly("a dead node");
    }

    @Test
    void aLogoutThatFailsIsAnError() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        close();

        assertThatThrownBy(() -> sessions.revoke(issued.token())).isInstanceOf(LockstepException.class);

        SpanData revoke = awaitSpan("lockstep.revoke");
        assertThat(revoke.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(revoke.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo(StoreUnavailableException.class.getName());
        assertThat(spans("lockstep.commit")).isEmpty();
    }

    @Test
    void aTokenThatTheStoreIsAskedAboutIsASpanAndAHitIsNone() {
        SessionManager sessions = node(new NaiveCache(), null, LEASE);
        IssuedToken issued = openOnceLeased(sessions);
        exported.reset();

        called("hit", () -> sessions.find(issued.token()));
        SpanData caller = called("confirmed", () -> sessions.findConfirmed(issued.token()));

        assertThat(spans("lockstep.validate")).singleElement().satisfies(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanId());
            assertThat(span.getAttributes().get(AttributeKey.stringKey("lockstep.result")))
                    .isEqualTo("live");
        });
    }

    /** What somebody left there, as servers do of asynchronous requests. */
    @Test
    void whatWasOnTheThreadBeforeARequestCameIsNoneOfItsSpans() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        called(
                "left behind",
                () -> during(new Request(), () -> {
                    var unused = sessions.findConfirmed(issued.token());
                    return sessions.revoke(issued.token());
                }));

        assertThat(awaitSpan("lockstep.validate").getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(awaitSpan("lockstep.revoke").getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }

    @Test
    void aSpanThatIsBegunForTheRequestIsItsOwn() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        called(
                "left behind",
                () -> during(new Request(), () -> called("request", () -> sessions.findConfirmed(issued.token()))));

        assertThat(awaitSpan("lockstep.validate").getParentSpanId())
                .isEqualTo(awaitSpan("request").getSpanId());
    }

    @Test
    void aSpanThatTheRequestNamesIsItsOwnWhoeverHasBegunIt() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());

        SpanData request = called("request", () -> {
            Request named = new Request();
            named.attributes.put("span_id", Span.current().getSpanContext().getSpanId());
            return during(named, () -> sessions.findConfirmed(issued.token()));
        });

        assertThat(awaitSpan("lockstep.validate").getParentSpanId()).isEqualTo(request.getSpanId());
    }

    @Test
    void whereARequestHasNoSpanYetItsCallersIsTheParent() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        Request traced = new Request();
        traced.headers.put("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");

        called("left behind", () -> during(traced, () -> sessions.findConfirmed(issued.token())));

        assertThat(awaitSpan("lockstep.validate").getTraceId()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(awaitSpan("lockstep.validate").getParentSpanId()).isEqualTo("0123456789abcdef");
    }

    @Test
    void aThreadWorksForTheRequestThatItEnteredFirst() {
        assertThat(traces.entered(new Request())).isTrue();
        assertThat(traces.entered(new Request())).isFalse();
        traces.left();
        assertThat(traces.entered(new Request())).isTrue();
        traces.left();
    }

    @Test
    void aStoreThatDoesNotAnswerIsAnError() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of());
        store.onceAfterRead = () -> {
            throw new StoreUnavailableException("LOCKSTEP-0000 down for a test", null);
        };

        assertThatThrownBy(() -> sessions.find(issued.token())).isInstanceOf(StoreUnavailableException.class);

        assertThat(awaitSpan("lockstep.validate").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void noSpanTellsWhoseSessionItIs() {
        SessionManager sessions = node(null, null, LEASE);
        IssuedToken issued = sessions.open("alice", Set.of("user"));
        sessions.find(issued.token());
        sessions.revoke(issued.token());
        awaitSpan("lockstep.revoke");

        assertThat(exported.getFinishedSpanItems().toString())
                .contains("lockstep.validate", "lockstep.commit", "lockstep.wait")
                .doesNotContain(
                        "alice",
                        issued.token().value(),
                        issued.session().id(),
                        Digests.of("test", issued.token()).toString());
    }

    private <T> T during(Request request, Supplier<T> call) {
        assertThat(traces.entered(request)).isTrue();
        try {
            return call.get();
        } finally {
            traces.left();
        }
    }

    private static final class Request implements TracedRequest {

        private final Map<String, String> headers = new HashMap<>();
        private final Map<String, Object> attributes = new HashMap<>();

        @Override
        public Iterable<String> headers() {
            return headers.keySet();
        }

        @Override
        public String header(String name) {
            return headers.get(name);
        }

        @Override
        public Object attribute(String name) {
            return attributes.get(name);
        }
    }

    /** Runs a call within a span, as a server does a request. */
    private SpanData called(String name, Supplier<?> call) {
        Span span = telemetry.getTracer("test").spanBuilder(name).startSpan();
        try (Scope scope = span.makeCurrent()) {
            var unused = call.get();
        } finally {
            span.end();
        }
        return awaitSpan(name);
    }

    private SpanData awaitSpan(String name) {
        await().until(() -> !spans(name).isEmpty());
        return spans(name).get(0);
    }

    private List<SpanData> spans(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }
}
