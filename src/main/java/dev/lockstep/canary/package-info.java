/** Sessions that nodes open and revoke to see that every node refuses them afterwards. */
@NullMarked
package dev.lockstep.canary;

import org.jspecify.annotations.NullMarked;
