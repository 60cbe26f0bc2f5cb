/**
 * The LMDB file of {@code shared-memory}: its place, its tables, its readers, and what goes in and
 * out of it.
 */
@NullMarked
package dev.lockstep.cache.sharedmemory.lmdb;

import org.jspecify.annotations.NullMarked;
