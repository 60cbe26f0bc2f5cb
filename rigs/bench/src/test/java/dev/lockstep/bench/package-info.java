/** What all benchmarks share: goals, their lines, the table, the chart. See docs/performance.md. */
@NullMarked
package dev.lockstep.bench;

import org.jspecify.annotations.NullMarked;
