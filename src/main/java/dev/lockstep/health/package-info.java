/** Whether a node can do its work: for MicroProfile Health, where there is one. */
@NullMarked
package dev.lockstep.health;

import org.jspecify.annotations.NullMarked;
