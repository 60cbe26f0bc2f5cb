/** A small application behind the filter, deployed by the tests on every server. */
@NullMarked
package dev.lockstep.web.probe;

import org.jspecify.annotations.NullMarked;
