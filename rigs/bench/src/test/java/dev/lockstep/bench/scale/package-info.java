/**
 * {@code ./mvnw -Pbench-scale verify}: what calls of the store take with more and more sessions
 * in a real PostgreSQL.
 */
@NullMarked
package dev.lockstep.bench.scale;

import org.jspecify.annotations.NullMarked;
