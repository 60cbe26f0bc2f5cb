package dev.lockstep.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lockstep.process.PostgresServer;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Databases for benchmarks, each with a pool. */
public final class Databases {

    private static final int CONNECTIONS = 20;

    private Databases() {}

    /** In this JVM's memory: for what never asks the store. */
    public static DataSource h2() {
        return pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa");
    }

    public static PostgresServer postgres() throws IOException, InterruptedException {
        return PostgresServer.start(Map.of());
    }

    /** One that forces each commit to its disk. */
    public static PostgresServer durablePostgres() throws IOException, InterruptedException {
        return PostgresServer.start(Map.of("fsync", "on", "synchronous_commit", "on"));
    }

    public static HikariDataSource pool(PostgresServer postgres) {
        return pool(postgres, "postgres");
    }

    public static HikariDataSource pool(PostgresServer postgres, String database) {
        return pool(postgres.url(database), "postgres");
    }

    private static HikariDataSource pool(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }
}
