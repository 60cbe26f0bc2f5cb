package dev.lockstep.docs;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a whole source file of Java that a page prints without what surrounds it. */
public final class Example {

    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface) ");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ");

    private static final String IMPORTS = """
            package shop;
            import dev.lockstep.*;
            import jakarta.annotation.Resource;
            import jakarta.annotation.security.RolesAllowed;
            import jakarta.annotation.sql.DataSourceDefinition;
            import jakarta.enterprise.concurrent.*;
            import jakarta.enterprise.context.*;
            import jakarta.enterprise.event.*;
            import jakarta.enterprise.inject.spi.CDI;
            import jakarta.inject.*;
            import jakarta.servlet.ServletException;
            import jakarta.servlet.annotation.WebServlet;
            import jakarta.servlet.http.*;
            import jakarta.websocket.HandshakeResponse;
            import jakarta.websocket.OnMessage;
            import jakarta.websocket.OnOpen;
            import jakarta.websocket.server.HandshakeRequest;
            import jakarta.websocket.server.ServerEndpoint;
            import jakarta.websocket.server.ServerEndpointConfig;
            import jakarta.ws.rs.*;
            import jakarta.ws.rs.core.Context;
            import jakarta.ws.rs.core.MediaType;
            import jakarta.ws.rs.sse.Sse;
            import jakarta.ws.rs.sse.SseEventSink;
            import java.io.*;
            import java.security.Principal;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;
            """;

    private Example() {}

    /**
     * A file stays as it is, a type gets a package and imports, and of anything else annotated
     * lines are fields, the rest statements.
     */
    public static String complete(String printed) {
        if (isFile(printed)) {
            return printed;
        }
        return IMPORTS + (TYPE.matcher(printed).find() ? printed : type(printed));
    }

    /** Whether it is a whole file. */
    static boolean isFile(String printed) {
        return PACKAGE.matcher(printed).find();
    }

    private static String type(String printed) {
        String fields = printed.lines().filter(line -> line.startsWith("@")).collect(Collectors.joining("\n"));
        String statements =
                printed.lines().filter(line -> !line.startsWith("@")).collect(Collectors.joining("\n"));
        return """
                public class Example {
                    %s
                    void example(HttpServletRequest request, SessionManager sessions, String principal) {
                        %s
                    }
                }
                """.formatted(fields, statements);
    }
}
