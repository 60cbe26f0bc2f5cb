package dev.lockstep.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.store.jdbc.connection.Sql;
import dev.lockstep.store.jdbc.dialect.Dialect;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that has opened has run each of its statements, and nothing is left of that. */
abstract class RehearsalContract {

    private static final List<String> TABLES = List.of(
            "lockstep_session",
            "lockstep_log_clock",
            "lockstep_revocation",
            "lockstep_node",
            "lockstep_housekeeping",
            "lockstep_key");

    private static final Set<Class<?>> HOLD_SQL = Set.of(String.class, Sql.class);
    private static final Set<String> RUN = Set.of("prepareStatement", "execute");
    private static final Pattern SQL = Pattern.compile(".*\\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) .*");

    @AutoClose
    private TestDatabase database;

    abstract TestDatabase empty();

    abstract Dialect dialect();

    /** What becomes of the text of a statement, or of a part of one, before it is run. */
    String asRun(String sql) {
        return sql;
    }

    /** Where the statements are that only a later migration runs; MigrationContract runs them. */
    Set<String> ofLaterMigrations() {
        return Set.of();
    }

    @BeforeEach
    void create() {
        database = empty();
    }

    @Test
    void everyStatementOfThePackageIsRunWhenAStoreOpens() throws Exception {
        Queue<String> run = new ConcurrentLinkedQueue<>();
        JdbcStore.open(recording(run), "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory())
                .close();

        TreeMap<String, String> missing = statements();
        assertThat(missing).hasSizeGreaterThan(20);
        missing.values().removeIf(sql -> run.stream().anyMatch(text -> text.contains(sql)));
        assertThat(missing.keySet()).isEqualTo(ofLaterMigrations());
    }

    @Test
    void nothingIsLeftBehind() {
        JdbcStore.open(database.dataSource(), "/shop", StoreSettings.DEFAULTS, Executors.defaultThreadFactory())
                .close();

        assertThat(TABLES)
                .allSatisfy(table -> assertThat(TestDatabase.query(
                                database.dataSource(),
                                "SELECT COUNT(*) FROM " + table + " WHERE application <> '/shop'"))
                        .containsExactly("0"));
    }

    /** All constants of the package that are statements, or parts of one, by where they are. */
    private TreeMap<String, String> statements() throws Exception {
        TreeMap<String, String> statements = new TreeMap<>();
        for (Class<?> type : classes()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && HOLD_SQL.contains(field.getType())) {
                    field.setAccessible(true);
                    String sql = asRun(dialect().sql(field.get(null).toString()).text());
                    if (SQL.matcher(sql).matches() && !sql.contains("%s")) {
                        statements.put(type.getSimpleName() + "." + field.getName(), sql);
                    }
                }
            }
        }
        return statements;
    }

    /** Those of the store and its rooms, but for the rooms of other dialects. */
    private List<Class<?>> classes() throws Exception {
        URI store = JdbcStore.class.getResource("JdbcStore.class").toURI();
        if (!store.getScheme().equals("jar")) {
            return classes(Path.of(store).getParent());
        }
        try (FileSystem jar = FileSystems.newFileSystem(store, Map.of())) {
            return classes(jar.provider().getPath(store).getParent());
        }
    }

    private List<Class<?>> classes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> directory.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .<Class<?>>map(name -> load(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')))
                    .filter(this::isOurs)
                    .toList();
        }
    }

    private boolean isOurs(Class<?> type) {
        String own = dialect().getClass().getPackageName();
        return type.getPackageName().equals(own)
                || Dialects.ALL.stream()
                        .noneMatch(each -> each.getClass().getPackageName().equals(type.getPackageName()));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("dev.lockstep.store.jdbc." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource recording(Queue<String> run) {
        return proxy(DataSource.class, database.dataSource(), run);
    }

    private static <T> T proxy(Class<T> type, Object target, Queue<String> run) {
        return type.cast(Proxy.newProxyInstance(
                RehearsalContract.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (RUN.contains(method.getName()) && arguments != null) {
                        run.add(arguments[0].toString().strip().replaceAll("\\s+", " "));
                    }
                    try {
                        return recorded(method.invoke(target, arguments), run);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Object recorded(Object result, Queue<String> run) {
        if (result instanceof Connection connection) {
            return proxy(Connection.class, connection, run);
        }
        boolean prepared = result instanceof PreparedStatement;
        return result instanceof Statement statement && !prepared ? proxy(Statement.class, statement, run) : result;
    }
}
