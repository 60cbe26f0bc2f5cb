package dev.lockstep.it.monitoring;

import dev.lockstep.IssuedToken;
import dev.lockstep.LockstepException;
import dev.lockstep.SessionManager;
import dev.lockstep.it.BreakableCache;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.sql.DataSource;

/** Has the node do what is to be measured, and reads its MBean. */
@WebServlet("/do/*")
public class MeasuredServlet extends HttpServlet {

    private static final long serialVersionUID = 1;
    private static final String BEAN = "dev.lockstep:type=Node,application=\"measured\"";
    private static final String SILENT = """
            INSERT INTO lockstep_node (application, id, name, lease_millis, applied, applied_epoch, fenced)
            VALUES ('measured', 'silent', 'a silent node', 200, 0, 0, FALSE)
            """;
    private static final String LOCK = "SELECT * FROM lockstep_log_clock WHERE application = 'measured' FOR UPDATE";

    @Inject
    private transient SessionManager sessions;

    @Resource
    private transient DataSource database;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            response.getWriter().print(done(request.getPathInfo().substring(1), request.getQueryString()));
        } catch (SQLException | JMException e) {
            throw new ServletException(e);
        }
    }

    private Object done(String what, String attribute) throws SQLException, JMException {
        switch (what) {
            case "hit" -> hit();
            case "break" -> useCache(true);
            case "mend" -> useCache(false);
            case "silence" -> logOutPastASilentNode();
            case "fill" -> {
                return fillQueue();
            }
            case "take-away" -> execute("ALTER TABLE lockstep_log_clock RENAME TO lockstep_log_clock_away");
            case "give-back" -> execute("ALTER TABLE lockstep_log_clock_away RENAME TO lockstep_log_clock");
            default -> {
                return attribute(attribute);
            }
        }
        return "done";
    }

    private void hit() {
        IssuedToken issued = sessions.open("alice", Set.of());
        sessions.find(issued.token()).orElseThrow();
    }

    /** Often enough for its breaker to notice. */
    private void useCache(boolean broken) {
        BreakableCache.setBroken(broken);
        for (int i = 0; i < 20; i++) {
            sessions.open("alice", Set.of());
        }
    }

    private void logOutPastASilentNode() throws SQLException {
        IssuedToken issued = sessions.open("alice", Set.of());
        execute(SILENT);
        sessions.revoke(issued.token());
    }

    /**
     * What the queue held while its only thread waited for a lock: one call, and for a moment those
     * that find it full, too.
     */
    private Object fillQueue() throws SQLException, JMException {
        List<IssuedToken> issued = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            issued.add(sessions.open("bob", Set.of()));
        }
        try (Connection lock = database.getConnection()) {
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.executeQuery(LOCK).close();
            }
            List<CompletableFuture<Void>> rotations = issued.stream()
                    .map(token -> CompletableFuture.runAsync(() -> rotate(token)))
                    .toList();
            Object held = 0.0;
            while (!held.equals(1.0) && !rotations.stream().allMatch(CompletableFuture::isDone)) {
                held = attribute("StoreQueueSizeRevocations");
                Thread.onSpinWait();
            }
            rotations.forEach(CompletableFuture::join);
            lock.rollback();
            return held;
        }
    }

    private void rotate(IssuedToken issued) {
        try {
            sessions.rotate(issued.token());
        } catch (LockstepException e) {
            return; // the queue is full, or its deadline passed
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Object attribute(String name) throws JMException {
        Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(BEAN), name);
        return value instanceof CompositeData durations ? durations.get("count") : value;
    }
}
