package dev.lockstep.bench.jmh;

import org.openjdk.jmh.annotations.Setup;

/** What making a header costs, which a server does in any case. */
public class Header extends Call {

    private Headers headers;

    @Setup
    public void open() {
        Population population = Population.of(1_000, 0);
        headers = Headers.bearing(population.tokens());
        population.close();
    }

    @Override
    Object once() {
        return headers.next();
    }
}
