/** The processes under test and the network between them: nodes, the database, loopback proxies. */
@NullMarked
package dev.lockstep.chaos.cluster;

import org.jspecify.annotations.NullMarked;
