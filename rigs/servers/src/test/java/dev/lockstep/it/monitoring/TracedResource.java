package dev.lockstep.it.monitoring;

import dev.lockstep.IssuedToken;
import dev.lockstep.SessionCache;
import dev.lockstep.SessionManager;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Looks up a session, and ends it; tells who answered. */
@Path("/")
@ApplicationScoped
public class TracedResource {

    @Inject
    SessionManager sessions;

    @Inject
    CountedLookUps lookUps;

    @Inject
    SessionCache copies;

    @Resource
    DataSource dataSource;

    private IssuedToken issued;

    /** Has the server map Jakarta REST. */
    @ApplicationPath("/rest")
    public static class TracedApplication extends Application {}

    @PostConstruct
    void open() {
        issued = sessions.open("alice", Set.of());
    }

    @GET
    @Path("token")
    public String token() {
        return issued.token().value();
    }

    /** One that was issued here, so that its tag is genuine, and whose session is gone. */
    @GET
    @Path("lost")
    public String lost() throws SQLException {
        String token = sessions.open("bob", Set.of()).token().value();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM lockstep_session WHERE principal = 'bob'");
        }
        copies.clear();
        return token;
    }

    /** How often the near cache has answered. */
    @GET
    @Path("find")
    public int find() {
        sessions.find(issued.token()).orElseThrow();
        return lookUps.byNearCache();
    }

    /** Answers from another thread, so that WildFly leaves its span on this one. */
    @GET
    @Path("later")
    public CompletionStage<String> later() {
        return CompletableFuture.supplyAsync(
                () -> "later", CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
    }

    /** Of how many look-ups of the filter's a span was on the thread already. */
    @GET
    @Path("left")
    public int left() {
        return lookUps.amidOthers();
    }

    /** How often the store has answered. */
    @GET
    @Path("confirm")
    public int confirm() {
        sessions.findConfirmed(issued.token()).orElseThrow();
        return lookUps.byStore();
    }

    @POST
    @Path("logout")
    public int logOut() {
        return sessions.revoke(issued.token()).nodes();
    }
}
