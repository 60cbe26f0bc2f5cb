package dev.lockstep.bench.jmh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.shiro.cache.MemoryConstrainedCacheManager;
import org.apache.shiro.session.Session;
import org.apache.shiro.session.mgt.DefaultSessionContext;
import org.apache.shiro.session.mgt.DefaultSessionKey;
import org.apache.shiro.session.mgt.DefaultSessionManager;
import org.apache.shiro.session.mgt.eis.MemorySessionDAO;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Apache Shiro: from a new identifier to the validated session, which holds the principal's name
 * and two groups.
 */
public class Shiro extends Call {

    private static final int SESSIONS = 1_000;

    @Param("session")
    String result;

    private DefaultSessionManager manager;
    private Headers identifiers;

    @Setup
    public void open() {
        manager = new DefaultSessionManager();
        manager.setSessionDAO(new MemorySessionDAO());
        manager.setCacheManager(new MemoryConstrainedCacheManager());
        List<String> all = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Session session = manager.start(new DefaultSessionContext());
            session.setAttribute("principal", "user-" + i + "@example.com");
            session.setAttribute("groups", new HashSet<>(Set.of("user", "admin")));
            all.add((String) session.getId());
        }
        identifiers = new Headers(all);
    }

    @TearDown
    public void close() {
        manager.destroy();
    }

    /**
     * What Shiro gives is a handle, which looks the session up once more whenever it is asked
     * anything. A validation of ours has the principal and the groups in hand.
     */
    @Override
    Object once() {
        Session session = manager.getSession(new DefaultSessionKey(identifiers.next()));
        return result.equals("handle")
                ? session
                : new Object[] {session.getAttribute("principal"), session.getAttribute("groups")};
    }
}
