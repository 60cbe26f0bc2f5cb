/** The store in MariaDB. */
@NullMarked
package dev.lockstep.store.jdbc.mariadb;

import org.jspecify.annotations.NullMarked;
