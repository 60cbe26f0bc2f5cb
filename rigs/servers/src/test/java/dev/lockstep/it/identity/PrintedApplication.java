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
    private static final Block PRICES = Block.printed("docs/howto/protect.md", "java", 4);
    private static final Block LOGIN = Block.printed("docs/howto/cookies.md", "java", 1);
    private static final Block LOGOUT = Block.printed("docs/howto/cookies.md", "java", 2);
    private static final Block NEWS = Block.printed("docs/howto/events.md", "java", 2);

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

    private PrintedApplication() {}

    static String[] sources() {
        return new String[] {
            SERVLET.formatted(lines("@"), lines("request.").replaceAll("(?m)^(.*?);", "write(out, $1);")),
            Example.complete(REPORTS.text()),
            Example.complete(CHAT.text()),
            Example.complete(PRICES.text()),
            Example.complete(NEWS.text()),
            Example.complete(LOGIN.text()),
            Example.complete(LOGOUT.text()),
            RESOURCE
        };
    }

    /** Those of them that keep a connection open. */
    static String[] connections() {
        return new String[] {Example.complete(PRICES.text()), Example.complete(NEWS.text())};
    }

    private static String lines(String start) {
        return REQUEST.text().lines().filter(line -> line.startsWith(start)).collect(Collectors.joining("\n"));
    }
}
