package dev.lockstep.monitoring;

import java.time.Duration;
import java.util.List;

/**
 * The definition of a meter. Its name, unit and tags are what OpenTelemetry and Micrometer advise,
 * so that all libraries publish it to Prometheus under one name. Immutable.
 *
 * @param name in lower case, with dots
 * @param unit of UCUM: {@code s} for seconds, or what is counted, in braces
 * @param description a sentence without a full stop
 * @param tags the keys of what its series differ by; each takes few values
 * @param bounds of a timer: the upper bounds of its buckets, ascending; else empty
 */
public record Meter(String name, Kind kind, String unit, String description, List<String> tags, List<Duration> bounds) {

    /** What comes before each name. */
    public static final String PREFIX = "lockstep.";

    /** The unit of all durations. */
    public static final String SECONDS = "s";

    /** Copies the lists. */
    public Meter {
        tags = List.copyOf(tags);
        bounds = List.copyOf(bounds);
    }

    /** What can be done with the values. */
    public enum Kind {
        /** Grows from 0 at the start of the deployment. */
        COUNTER,
        /** Is what it is at the moment; not a number while that is not known. */
        GAUGE,
        /** Counts durations by buckets. */
        TIMER
    }

    /** Whether values are seconds. */
    public boolean isSeconds() {
        return unit.equals(SECONDS);
    }
}
