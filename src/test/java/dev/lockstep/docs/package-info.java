/** The documentation as tests see it: the pages, and the blocks of code that they print. */
@NullMarked
package dev.lockstep.docs;

import org.jspecify.annotations.NullMarked;
