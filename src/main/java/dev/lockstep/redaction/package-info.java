/** What of an address may be shown to people. */
@NullMarked
package dev.lockstep.redaction;

import org.jspecify.annotations.NullMarked;
