/**
 * What every store, cache and channel must keep to, as tests to be subclassed, and plain oracles to
 * compare with.
 */
@org.jspecify.annotations.NullMarked
package dev.lockstep.contract;
