package dev.lockstep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.lockstep.concurrent.Recurring;
import dev.lockstep.spi.SessionCacheProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Which package may use which: a package that is not in the table is a mistake, one that does not
 * exist yet is not.
 */
class ArchitectureTest {

    private static final JavaClasses LOCKSTEP =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.lockstep");

    private static final String API = "dev.lockstep";
    private static final String SPI = "dev.lockstep.spi";
    private static final String CONFIG = "dev.lockstep.config";
    private static final String REVOCATION = "dev.lockstep.revocation";
    private static final String MEMORY = "dev.lockstep.cache.memory";
    private static final String SEAL = "dev.lockstep.cache.seal";
    private static final String WIRE = "dev.lockstep.cache.wire";
    private static final String CONCURRENT = "dev.lockstep.concurrent";
    private static final String CHANNEL = "dev.lockstep.channel";
    private static final String KEY = "dev.lockstep.key";
    private static final String CANARY = "dev.lockstep.canary";
    private static final String KEPT_OPEN = "dev.lockstep.connection";
    private static final String FILE = "dev.lockstep.cache.file";
    private static final String TLS = "dev.lockstep.cache.tls";
    private static final String LMDB = "dev.lockstep.cache.sharedmemory.lmdb";
    private static final String PATHS = "dev.lockstep.web.path";
    private static final String WEB = "dev.lockstep.web";
    private static final String ROUTING = "dev.lockstep.endpoints.routing";
    private static final String REMOTE = "dev.lockstep.cache.remote";
    private static final String MONITORING = "dev.lockstep.monitoring";
    private static final String REDACTION = "dev.lockstep.redaction";
    private static final String POOL = "dev.lockstep.pool";
    private static final String STORE = "dev.lockstep.store.jdbc";
    private static final String CONNECTION = STORE + ".connection";
    private static final String DIALECT = STORE + ".dialect";
    private static final String SCHEMA = STORE + ".schema";

    private static final String[] ALL_OF_OURS = {"dev.lockstep.."};
    private static final String HIKARI = "com.zaxxer.hikari..";
    private static final String[] SQL = {"java.sql..", "javax.sql.."};
    private static final String[] DRIVERS = {"org.h2..", "org.postgresql..", "org.mariadb..", "org.sqlite..", HIKARI};
    private static final String[] INFINISPAN = {"org.infinispan..", "org.jgroups.."};
    private static final String[] PROTOSTREAM = {"org.infinispan.protostream.."};

    /** What every package may use. */
    private static final String[] JDK = {
        "java.lang..",
        "java.io..",
        "java.math..",
        "java.net..",
        "java.nio..",
        "java.security..",
        "java.text..",
        "java.time..",
        "java.util..",
        "javax.crypto..",
        "javax.naming..",
        "javax.net..",
        "org.jspecify.."
    };

    /** What each package may use beyond the JDK and itself, but for caches on servers. */
    private static final Map<String, String[]> TABLE = Map.ofEntries(
            Map.entry(API, of("jakarta.inject..")),
            Map.entry(SPI, of(API)),
            Map.entry(CONFIG, of(API, PATHS, SPI, REVOCATION, REDACTION, "org.eclipse.microprofile.config..")),
            Map.entry("dev.lockstep.session", of(API, SPI, REVOCATION, CONCURRENT, KEPT_OPEN, CANARY, KEY)),
            Map.entry(KEY, of(API, SPI, CONCURRENT)),
            Map.entry(CANARY, of(API, SPI, CONCURRENT)),
            Map.entry(KEPT_OPEN, of(API, SPI, CONCURRENT, REDACTION, "jakarta.websocket..", "jakarta.ws.rs.sse..")),
            Map.entry(REVOCATION, of(API, SPI, CONCURRENT, REDACTION)),
            Map.entry(CHANNEL, of(API, SPI, KEY, CONCURRENT)),
            Map.entry(MEMORY, of(API, SPI, CONCURRENT)),
            Map.entry("dev.lockstep.cache.none", of(API, SPI)),
            Map.entry(SEAL, of(API, SPI, WIRE, CONCURRENT, KEY)),
            Map.entry(WIRE, with(PROTOSTREAM, API, SPI)),
            Map.entry("dev.lockstep.cache.guard", of(API, SPI, CONCURRENT, "dev.failsafe..")),
            Map.entry("dev.lockstep.cache.infinispan", with(INFINISPAN, API, SPI, WIRE, TLS, REDACTION)),
            Map.entry(
                    "dev.lockstep.cache.database",
                    with(SQL, with(DRIVERS, API, SPI, WIRE, FILE, CONCURRENT, REDACTION, POOL))),
            Map.entry(MONITORING, of(API, SPI, CONCURRENT)),
            Map.entry(MONITORING + ".jmx", of(MONITORING, "javax.management..", "java.lang.management..")),
            Map.entry(MONITORING + ".micrometer", of(MONITORING, "io.micrometer.core..")),
            Map.entry(
                    MONITORING + ".opentelemetry",
                    of(API, SPI, MONITORING, "io.opentelemetry.api..", "io.opentelemetry.context..")),
            Map.entry(
                    MONITORING + ".microprofile",
                    of(MONITORING, CONCURRENT, "jakarta.inject..", "org.eclipse.microprofile.metrics..")),
            Map.entry("dev.lockstep.health", of(API, SPI, MONITORING, "org.eclipse.microprofile.health..")),
            Map.entry(CONCURRENT, of(REDACTION)),
            Map.entry(REDACTION, of()),
            Map.entry(POOL, SQL),
            Map.entry(FILE, of()),
            Map.entry(PATHS, of()),
            Map.entry(LMDB, of(API, SPI, WIRE, FILE, REDACTION, CONCURRENT, "org.lmdbjava..", "jnr.ffi..")),
            Map.entry(REMOTE, of(API, SPI, CONCURRENT, REDACTION, "dev.failsafe..")),
            Map.entry(TLS, of(SPI)),
            Map.entry(
                    "dev.lockstep.cache.sharedmemory",
                    of(API, SPI, WIRE, FILE, REDACTION, CONCURRENT, LMDB, "org.lmdbjava..")),
            Map.entry(
                    STORE,
                    with(
                            SQL,
                            HIKARI,
                            API,
                            SPI,
                            REDACTION,
                            POOL,
                            CHANNEL,
                            CONNECTION,
                            DIALECT,
                            SCHEMA,
                            STORE + ".h2",
                            STORE + ".postgresql",
                            STORE + ".mariadb")),
            Map.entry(CONNECTION, with(SQL, HIKARI, API, SPI, REDACTION, POOL)),
            Map.entry(DIALECT, with(SQL, API, SPI, CONNECTION, "jakarta.json..")),
            Map.entry(SCHEMA, with(SQL, API, CONNECTION, DIALECT)),
            Map.entry(STORE + ".h2", with(SQL, API, SPI, CONNECTION, DIALECT)),
            Map.entry(STORE + ".mariadb", with(SQL, API, SPI, CONNECTION, DIALECT, "jakarta.json..")),
            Map.entry(STORE + ".postgresql", with(SQL, API, SPI, CONCURRENT, CONNECTION, DIALECT)),
            Map.entry(ROUTING, of(WEB, "jakarta.json..", "jakarta.servlet..")),
            Map.entry("dev.lockstep.endpoints.page", of(ROUTING, "jakarta.json..", "jakarta.servlet..")),
            Map.entry(
                    "dev.lockstep.endpoints",
                    of(
                            API,
                            SPI,
                            CONFIG,
                            KEY,
                            PATHS,
                            WEB,
                            ROUTING,
                            MONITORING,
                            REDACTION,
                            "dev.lockstep.endpoints.page",
                            "jakarta.json..",
                            "jakarta.servlet..")),
            Map.entry(WEB, of(API, CONFIG, PATHS, "jakarta.inject..", "jakarta.servlet..", "jakarta.security..")),
            Map.entry(
                    "dev.lockstep.cdi",
                    with(
                            ALL_OF_OURS,
                            "org.eclipse.microprofile.config..",
                            "org.eclipse.microprofile.health..",
                            "jakarta.annotation..",
                            "jakarta.enterprise..",
                            "jakarta.inject..",
                            "jakarta.interceptor..",
                            "jakarta.security..",
                            "jakarta.servlet.http",
                            "jakarta.transaction..",
                            "jakarta.ws.rs")));

    private static final Map<String, String[]> MAY_USE = withCachesOnServers();

    @Test
    void thereIsSomethingToCheck() {
        assertThat(LOCKSTEP).isNotEmpty();
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(MAY_USE.keySet())
                .containsAll(packages().map(JavaPackage::getName).toList());
    }

    @TestFactory
    Stream<DynamicTest> everyPackageUsesOnlyWhatItMay() {
        return MAY_USE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> check(classes()
                                .that(resideInAPackage(entry.getKey()))
                                .should()
                                .onlyDependOnClassesThat(
                                        resideInAnyPackage(with(JDK, with(entry.getValue(), entry.getKey())))))));
    }

    @Test
    void noPackagesFormACycle() {
        check(slices().matching("(dev.lockstep..)").should().beFreeOfCycles());
    }

    @Test
    void onlyCdiKnowsTheContainer() {
        check(noClasses()
                .that(not(resideInAPackage("dev.lockstep.cdi")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.enterprise.."));
    }

    /** TomEE 9 has CDI 3; what CDI 4 added is for containers that have nothing else. */
    @Test
    void onlyTheLiteExtensionNeedsCdi4() {
        check(noClasses()
                .that(not(nameStartingWith("dev.lockstep.cdi.LockstepLiteExtension")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.enterprise.inject.build..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.enterprise.inject.spi.BeanContainer")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("jakarta\\.enterprise\\.event\\.(Startup|Shutdown)"));
    }

    @Test
    void onlyWebKnowsServlets() {
        check(noClasses()
                .that(not(resideInAnyPackage(WEB, "dev.lockstep.endpoints..")))
                .and(not(nameStartingWith("dev.lockstep.cdi.CdiWebServices")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet.."));
    }

    @Test
    void onlyJdbcPackagesKnowSql() {
        check(noClasses()
                .that(not(resideInAnyPackage("dev.lockstep..jdbc..", "dev.lockstep.cache.database", POOL)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQL));
    }

    @Test
    void nothingSleeps() {
        check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
        check(noClasses().should().callMethod(TimeUnit.class, "sleep", long.class));
    }

    /** A scheduler drops a periodic task for good once it throws; a recurring one goes on. */
    @Test
    void whatIsRepeatedSurvivesItsFailures() {
        check(noClasses()
                .that(not(type(Recurring.class)))
                .should()
                .callMethodWhere(target(nameStartingWith("scheduleWithFixedDelay")))
                .orShould()
                .callMethodWhere(target(nameStartingWith("scheduleAtFixedRate"))));
    }

    @Test
    void everyPackageSaysWhatItIsAndThatItIsNullMarked() {
        assertThat(packages())
                .allSatisfy(javaPackage -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                        .as("package-info.java with @NullMarked in %s", javaPackage.getName())
                        .isTrue());
    }

    /** These are no backends: they stand in front of one, or serve several. */
    private static final Set<String> NO_BACKENDS =
            Set.of("dev.lockstep.cache.near", "dev.lockstep.cache.guard", LMDB, FILE, REMOTE, SEAL, TLS, WIRE);

    @Test
    void aBackendShowsOnlyItsProvider() {
        assertThat(packages()
                        .filter(javaPackage -> javaPackage.getName().startsWith("dev.lockstep.cache."))
                        .filter(javaPackage -> !NO_BACKENDS.contains(javaPackage.getName())))
                .allSatisfy(javaPackage -> assertThat(javaPackage.getClasses().stream()
                                .filter(JavaClass::isTopLevelClass)
                                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)))
                        .as("public classes of %s", javaPackage.getName())
                        .isNotEmpty()
                        .allMatch(
                                type -> type.isAssignableTo("dev.lockstep.spi.SessionCacheProvider")
                                        || type.isAssignableTo("dev.lockstep.spi.RevocationChannelProvider"),
                                "is a provider"));
    }

    @Test
    void namesSayMoreThanImplOrUtil() {
        check(noClasses().should().haveSimpleNameEndingWith("Impl"));
        check(noClasses().should().haveSimpleNameEndingWith("Util"));
        check(noClasses().should().haveSimpleNameEndingWith("Utils"));
        check(noClasses().should().haveSimpleNameEndingWith("Helper"));
        check(noClasses().that(resideInAPackage(API)).should().haveSimpleNameStartingWith("Abstract"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(LOCKSTEP);
    }

    /**
     * Each cache that is not in the table keeps its copies on servers: it may use what such caches
     * share, and the libraries that it names.
     */
    private static Map<String, String[]> withCachesOnServers() {
        Map<String, String[]> all = new TreeMap<>(TABLE);
        for (SessionCacheProvider cache : ServiceLoader.load(SessionCacheProvider.class)) {
            String[] libraries = cache.drivers().stream()
                    .map(driver -> driver.className().replaceFirst("^(\\w+\\.\\w+)\\..*", "$1.."))
                    .toArray(String[]::new);
            all.putIfAbsent(cache.getClass().getPackageName(), with(libraries, API, SPI, WIRE, TLS, REMOTE, CHANNEL));
        }
        return all;
    }

    private static Stream<JavaPackage> packages() {
        return new TreeSet<>(LOCKSTEP.stream().map(JavaClass::getPackageName).toList())
                .stream().map(LOCKSTEP::getPackage);
    }

    private static String[] of(String... packages) {
        return packages;
    }

    private static String[] with(String[] packages, String... more) {
        return Stream.concat(Arrays.stream(packages), Arrays.stream(more)).toArray(String[]::new);
    }
}
