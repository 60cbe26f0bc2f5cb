/**
 * How a logout becomes true everywhere: the facts that a node keeps, the lease that lets it believe
 * them, the feed that keeps them complete, and the waiting that makes a logout return no sooner
 * than it is true. Plain Java; the proof is in docs/internals/logout.md, the model in rigs/model.
 */
@NullMarked
package dev.lockstep.revocation;

import org.jspecify.annotations.NullMarked;
