package dev.lockstep.docs;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A name means one thing, and a page names what there is. */
class NamesTest {

    private static final Pattern DECLARED =
            Pattern.compile("\\b(?:class|record|interface|enum)\\s+([A-Z]\\w+)|@interface\\s+([A-Z]\\w+)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");

    /** In backquotes, and like a type's: two capitals at least, with small letters. */
    private static final Pattern TYPE = Pattern.compile("`@?([A-Z][a-z0-9]+[A-Z]\\w*)[^`\\n]*`");

    private static final Pattern FILE = Pattern.compile("`(?!src/)([\\w/]+\\.java)`");

    /** Of libraries, of servers, and of what the product is compared with. */
    private static final Set<String> OF_OTHERS = Set.of(
            "ApplicationScoped",
            "ArquillianResource",
            "AsyncContext",
            "AutoCloseable",
            "BasicAuthenticationMechanismDefinition",
            "CompletionStage",
            "ConcurrentHashMap",
            "ConfigProperty",
            "ContainerRequestFilter",
            "ContextServiceDefinition",
            "DataSource",
            "DataSourceDefinition",
            "DeclareRoles",
            "DefaultCacheManager",
            "DefaultJWTParser",
            "DefaultSessionManager",
            "DenyAll",
            "EmbeddedCacheManager",
            "ExampleDS",
            "HandshakeRequest",
            "HttpAuthenticationMechanism",
            "HttpServletRequest",
            "IllegalArgumentException",
            "IllegalStateException",
            "JdbcIndexedSessionRepository",
            "JsonbTransient",
            "JtaManaged",
            "LongAdder",
            "ManagedExecutorService",
            "ManagedThreadFactory",
            "MapSessionRepository",
            "MaxActive",
            "MemoryConstrainedCacheManager",
            "MemorySessionDAO",
            "MeterRegistry",
            "NoSuchMethodError",
            "NullMarked",
            "ObservesAsync",
            "OnMessage",
            "OnOpen",
            "OpenTelemetry",
            "OutOfMemoryError",
            "PermitAll",
            "PostConstruct",
            "RedisSessionRepository",
            "RemoveIPC",
            "RequestScoped",
            "RolesAllowed",
            "RunAs",
            "RunAsClient",
            "SecurityContext",
            "SecurityException",
            "ServletException",
            "ServletSecurity",
            "SessionContext",
            "SkipIfPortableExtensionPresent",
            "SseEventSink",
            "TryAgain");

    private static final Set<String> THERE =
            Stream.concat(declared(), OF_OTHERS.stream()).collect(toSet());

    /** In the product, its tests and the rigs alike; types within others aside. */
    @Test
    void noTwoFilesDeclareTheSameName() {
        Map<String, Long> files = sources()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("package-info.java"))
                .collect(groupingBy(name -> name, counting()));
        assertThat(files)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).isEqualTo(1));
    }

    static Stream<Path> pages() {
        return Block.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageNamesTypesThatThereAre(Path page) {
        assertThat(named(page)).filteredOn(not(THERE::contains)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageNamesFilesThatThereAre(Path page) {
        assertThat(FILE.matcher(Block.read(page)).results().map(each -> each.group(1)))
                .allMatch(file -> sources().anyMatch(source -> source.endsWith(file)));
    }

    private static Set<String> named(Path page) {
        return TYPE.matcher(FENCED.matcher(Block.read(page)).replaceAll(""))
                .results()
                .map(each -> each.group(1))
                .collect(toSet());
    }

    private static Stream<String> declared() {
        return sources()
                .flatMap(file -> DECLARED.matcher(Block.read(file)).results())
                .map(each -> each.group(1) == null ? each.group(2) : each.group(1));
    }

    private static Stream<Path> sources() {
        return Stream.of("src", "rigs").flatMap(root -> Block.files(Path.of(root), ".java"));
    }
}
