package dev.lockstep.monitoring;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A series of a gauge.
 *
 * @param value cheap, and may be asked by any thread; not a number while it is not known
 */
public record Level(Meter meter, Map<String, String> tags, DoubleSupplier value) implements MeterSeries {}
