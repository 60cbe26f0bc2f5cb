/** Paths of requests: the patterns that name them, and everything that a path may be taken for. */
@NullMarked
package dev.lockstep.web.path;

import org.jspecify.annotations.NullMarked;
