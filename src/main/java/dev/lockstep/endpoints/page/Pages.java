package dev.lockstep.endpoints.page;

import dev.lockstep.endpoints.routing.Access;
import dev.lockstep.endpoints.routing.EndpointCall;
import dev.lockstep.endpoints.routing.HttpAnswer;
import dev.lockstep.endpoints.routing.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes of pages and of what they load. Anybody may load them, as they hold no data: a page's
 * script asks the other routes, with the browser's cookie or with a token that the application
 * hands to it. Thread-safe.
 */
public final class Pages {

    /**
     * What a page may load and do (Content Security Policy Level 3): scripts, styles and data of
     * this origin, in files of their own, and no markup out of text (Trusted Types). Nobody may
     * frame it.
     */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final List<String> ASSETS = List.of(
            "lockstep.css",
            "lockstep.js",
            "lockstep.svg",
            "page.js",
            "sessions.js",
            "table.js",
            "texts.de.json",
            "texts.en.json");

    /** In the order in which they are loaded. */
    private static final List<String> CONSOLE_ASSETS =
            List.of("console.css", "chart.js", "nodes.js", "verdict.js", "troubles.js", "search.js", "console.js");

    private Pages() {}

    /**
     * All of them.
     *
     * @param console whether somebody may administrate
     */
    public static List<Route> routes(boolean console) {
        List<Route> routes = new ArrayList<>();
        routes.add(page("sessions", "table.js", "sessions.js"));
        ASSETS.forEach(name -> routes.add(asset(name)));
        if (console) {
            List<String> loaded = new ArrayList<>(List.of("table.js"));
            loaded.addAll(CONSOLE_ASSETS);
            routes.add(page("console", loaded.toArray(String[]::new)));
            CONSOLE_ASSETS.forEach(name -> routes.add(asset(name)));
        }
        return routes;
    }

    private static Route page(String view, String... loaded) {
        Page page = new Page(view, List.of(loaded));
        return Route.get(
                "/pages/" + view, Access.PUBLIC, call -> guarded(page.answer(header(call, "Accept-Language"))));
    }

    private static Route asset(String name) {
        Asset asset = Asset.read(name);
        return Route.get("/pages/" + name, Access.PUBLIC, call -> guarded(asset.answer(header(call, "If-None-Match"))));
    }

    /** An image may hold scripts, too. */
    private static HttpAnswer guarded(HttpAnswer answer) {
        return answer.with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }

    private static String header(EndpointCall call, String name) {
        String value = call.request().getHeader(name);
        return value == null ? "" : value;
    }
}
