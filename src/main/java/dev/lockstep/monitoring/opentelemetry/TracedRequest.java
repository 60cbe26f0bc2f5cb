package dev.lockstep.monitoring.opentelemetry;

import org.jspecify.annotations.Nullable;

/** What a request tells of its trace. Used by the request's thread alone. */
public interface TracedRequest {

    /** The names of its headers. */
    Iterable<String> headers();

    /** The first header of that name, whatever its case; null where there is none. */
    @Nullable
    String header(String name);

    /** What somebody has noted with the request; null where nobody has. */
    @Nullable
    Object attribute(String name);
}
