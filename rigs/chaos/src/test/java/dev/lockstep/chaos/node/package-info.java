/** What runs inside the JVM of a node: the product in a CDI container, behind a line protocol. */
@NullMarked
package dev.lockstep.chaos.node;

import org.jspecify.annotations.NullMarked;
