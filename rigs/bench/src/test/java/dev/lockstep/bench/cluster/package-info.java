/**
 * {@code ./mvnw -Pbench-cluster verify}: logouts in a cluster of three JVMs on a real PostgreSQL.
 */
@NullMarked
package dev.lockstep.bench.cluster;

import org.jspecify.annotations.NullMarked;
