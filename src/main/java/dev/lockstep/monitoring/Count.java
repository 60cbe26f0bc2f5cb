package dev.lockstep.monitoring;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A series of a counter.
 *
 * @param value cheap, and may be asked by any thread
 */
public record Count(Meter meter, Map<String, String> tags, LongSupplier value) implements MeterSeries {}
