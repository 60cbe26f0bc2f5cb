package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Databases;
import dev.lockstep.cache.redis.RedisProcess;
import dev.lockstep.process.PostgresServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Session: from a new identifier to the session, in three repositories as their
 * documentation sets them up. A session holds the principal's name and two groups.
 */
public class Spring extends Call {

    private static final int SESSIONS = 1_000;

    @Param("map")
    String repository;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private SessionRepository<?> sessions;
    private Headers identifiers;

    @Setup
    public void open() throws Exception {
        sessions = switch (repository) {
            case "map" -> new MapSessionRepository(new ConcurrentHashMap<>());
            case "redis" -> redis();
            case "jdbc" -> jdbc();
            default -> throw new IllegalArgumentException(repository);
        };
        identifiers = new Headers(fill(sessions));
    }

    @TearDown
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Override
    @Nullable
    Object once() {
        return sessions.findById(identifiers.next());
    }

    private SessionRepository<?> redis() throws Exception {
        RedisProcess server = RedisProcess.server();
        opened.push(server);
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
        connections.afterPropertiesSet();
        connections.start();
        opened.push(connections::destroy);
        RedisTemplate<String, Object> template = new RedisTemplate<>();
        template.setKeySerializer(RedisSerializer.string());
        template.setHashKeySerializer(RedisSerializer.string());
        template.setConnectionFactory(connections);
        template.afterPropertiesSet();
        return new RedisSessionRepository(template);
    }

    private SessionRepository<?> jdbc() throws Exception {
        PostgresServer postgres = Databases.postgres();
        opened.push(postgres);
        var pool = Databases.pool(postgres);
        opened.push(pool);
        return jdbc(pool);
    }

    static SessionRepository<?> jdbc(DataSource pool) {
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/session/jdbc/schema-postgresql.sql"))
                .execute(pool);
        return new JdbcIndexedSessionRepository(
                new JdbcTemplate(pool), new TransactionTemplate(new DataSourceTransactionManager(pool)));
    }

    static <S extends Session> List<String> fill(SessionRepository<S> repository) {
        List<String> identifiers = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            S session = repository.createSession();
            session.setAttribute(
                    FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "user-" + i + "@example.com");
            session.setAttribute("groups", new HashSet<>(Set.of("user", "admin")));
            repository.save(session);
            identifiers.add(session.getId());
        }
        return identifiers;
    }
}
