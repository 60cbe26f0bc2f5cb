package dev.lockstep.it.cluster;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;

/** Another application that uses the server's cache manager: how it is, and of how many nodes. */
@WebServlet("/manager")
public class ServersCacheServlet extends HttpServlet {

    @Resource(lookup = "java:jboss/infinispan/container/lockstep")
    private EmbeddedCacheManager manager;

    static String of(int members) {
        return "RUNNING of " + members;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Address> members = manager.getMembers();
        response.getWriter().print(manager.getStatus() + " of " + (members == null ? 0 : members.size()));
    }
}
