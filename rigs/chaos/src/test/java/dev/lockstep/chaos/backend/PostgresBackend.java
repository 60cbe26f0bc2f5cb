package dev.lockstep.chaos.backend;

import dev.lockstep.chaos.cluster.ClusterPostgres;
import dev.lockstep.chaos.cluster.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL server of the cache's own, behind a proxy. A kill empties its UNLOGGED table. */
final class PostgresBackend implements Backend {

    private final ClusterPostgres server;
    private final TcpProxy way = new TcpProxy();

    private PostgresBackend(ClusterPostgres server) throws IOException {
        this.server = server;
        way.leadTo(server.port());
    }

    static PostgresBackend start(Path directory) throws IOException, InterruptedException {
        return new PostgresBackend(ClusterPostgres.create(directory, "on"));
    }

    @Override
    public Map<String, String> settings(int node) {
        return Map.of("url", "jdbc:postgresql://127.0.0.1:" + way.port() + "/postgres", "user", "postgres");
    }

    @Override
    public List<Harm> harms() {
        return List.of(
                new Harm("cache-kill", 0, 3_000, server::kill, server::start),
                new Harm("cache-pause", 500, 4_000, server::pause, server::resume),
                new Harm("cache-cut", 500, 4_000, way::cut, way::reopen),
                Harm.atOnce("cache-flush", () -> server.execute("DELETE FROM lockstep_cache_1")));
    }

    @Override
    public Optional<Entries> entries() throws SQLException {
        return Optional.of(new TableEntries(server.connect(), "copy, written, expires", 0));
    }

    @Override
    public void close() {
        server.close();
        way.close();
    }
}
