package dev.lockstep.it.identity;

import dev.lockstep.docs.Block;
import dev.lockstep.docs.Example;
import java.util.stream.Collectors;

/**
 * The classes that the how-tos print of an application that looks for its user, and what they leave
 * to it.
 */
final class PrintedApplication {

    private static final Block REQUEST = Block.printed("docs/howto/protect.md", "java", 1);
    private static final Block REPORTS = Block.printed("docs/howto/protect.md", "java", 2);
    private static final Block CHAT = Block.printed("docs/howto/protect.md", "java", 3);
    private static final Block CLOSING = Block.printed("docs/howto/events.md", "java", 2);

    /** Writes what each line of {@link #REQUEST} gives. */
    private static final String SERVLET = """
            package shop;

            import dev.lockstep.CurrentSession;
            import jakarta.inject.Inject;
            import jakarta.servlet.annotation.WebServlet;
            import jakarta.servlet.http.*;
            import java.io.*;
            import java.security.Principal;

            @WebServlet("/api/printed")
            public class Printed extends HttpServlet {
                %s

                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    PrintWriter out = response.getWriter();
                    write(out, current.require().principal());
                    %s
                }

                private static void write(PrintWriter out, Object seen) {
                    out.print(seen instanceof Principal principal ? principal.getName() : seen);
                    out.print(' ');
                }
            }
            """;

    private static final String RESOURCE = """
            package shop;

            import jakarta.enterprise.context.RequestScoped;
            import jakarta.inject.Inject;
            import jakarta.ws.rs.*;
            import java.util.concurrent.CompletionStage;

            @Path("report")
            @RequestScoped
            public class ReportResource {
                @Inject Reports reports;

                @GET
                public CompletionStage<String> report() {
                    return reports.report();
                }
            }
            """;

    private static final String CHATS = """
            package shop;

            import dev.lockstep.SessionToken;
            import jakarta.enterprise.context.ApplicationScoped;
            import jakarta.websocket.Session;
            import java.io.*;
            import java.util.*;
            import java.util.concurrent.ConcurrentHashMap;
            import java.util.function.Predicate;

            @ApplicationScoped
            public class OpenChats implements Chat.Chats, Closing.Sockets {
                private final Map<Session, String> sessions = new ConcurrentHashMap<>();

                @Override
                public void add(String sessionId, Session socket) {
                    sessions.put(socket, sessionId);
                }

                @Override
                public void remove(Session socket) {
                    sessions.remove(socket);
                }

                @Override
                public void say(String principal, String message) {
                    sessions.keySet().forEach(socket -> socket.getAsyncRemote().sendText(principal + ": " + message));
                }

                @Override
                public void close(String sessionId) {
                    sessions.forEach((socket, id) -> {
                        if (id.equals(sessionId)) {
                            close(socket);
                        }
                    });
                }

                @Override
                public void closeUnless(Predicate<SessionToken> alive) {
                    sessions.keySet().forEach(OpenChats::close);
                }

                private static void close(Session socket) {
                    try {
                        socket.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
            """;

    private PrintedApplication() {}

    static String[] sources() {
        return new String[] {
            SERVLET.formatted(lines("@"), lines("request.").replaceAll("(?m)^(.*?);", "write(out, $1);")),
            Example.complete(REPORTS.text()),
            Example.complete(CHAT.text()),
            Example.complete(CLOSING.text()),
            RESOURCE,
            CHATS
        };
    }

    private static String lines(String start) {
        return REQUEST.text().lines().filter(line -> line.startsWith(start)).collect(Collectors.joining("\n"));
    }
}
