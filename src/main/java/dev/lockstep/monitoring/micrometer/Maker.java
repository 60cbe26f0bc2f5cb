package dev.lockstep.monitoring.micrometer;

import dev.lockstep.monitoring.MeterSeries;
import io.micrometer.core.instrument.Tags;

/** A way to make a meter for a series. */
interface Maker {

    /** Makes it; returns what must be done before the meter is removed. */
    Runnable make(MeterSeries series, Tags tags);
}
