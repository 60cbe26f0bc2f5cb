/** What may be shown to people of addresses, and of what libraries say. */
@NullMarked
package dev.lockstep.redaction;

import org.jspecify.annotations.NullMarked;
