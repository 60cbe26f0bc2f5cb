package dev.lockstep.bench.jmh;

import dev.lockstep.bench.Report;
import java.util.List;

/** What is measured in this JVM rather than by JMH. */
interface Part {

    List<Part> ALL = List.of(
            new Memory(),
            new HitRatio(),
            new Threads(),
            new Stampede(),
            new IdleCost(),
            new FindStore(),
            new Opening(),
            new Touching(),
            new VirtualThreads());

    String name();

    void measure(Report report, boolean quick) throws Exception;
}
