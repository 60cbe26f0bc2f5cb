/** What clients and faults did and when, and the checker that judges it. */
@NullMarked
package dev.lockstep.chaos.history;

import org.jspecify.annotations.NullMarked;
