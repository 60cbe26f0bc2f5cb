/**
 * JMH benchmarks of validation, beside their floors and their peers, and what else {@code -Pbench}
 * measures.
 */
@NullMarked
package dev.lockstep.bench.jmh;

import org.jspecify.annotations.NullMarked;
