/** Lockstep's own pages: the shell of each as HTML, in the reader's language, and what it loads. */
@NullMarked
package dev.lockstep.endpoints.page;

import org.jspecify.annotations.NullMarked;
