package dev.lockstep.web;

import java.util.Map;

/** What belongs to each answer that Lockstep itself writes. */
public final class OwnAnswer {

    /**
     * Nobody stores it, nobody takes it for another type than its own, and no page of another
     * origin embeds it (Fetch, "Cross-Origin-Resource-Policy header"), so that it is not in that
     * page's process either. A script of another origin that {@code lockstep.web.cors} allows reads
     * it all the same.
     */
    public static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Resource-Policy", "same-origin");

    private OwnAnswer() {}
}
