package dev.lockstep.monitoring;

import java.util.Map;

/** One series of values of a meter. Thread-safe. */
public sealed interface MeterSeries permits Count, Level, Timing {

    /** What it measures. */
    Meter meter();

    /** A value for each of the meter's tags, in their order; they never change. */
    Map<String, String> tags();
}
