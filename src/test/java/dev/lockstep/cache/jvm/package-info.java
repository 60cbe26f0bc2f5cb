/** Caches in JVMs of their own, for tests of what happens between processes. */
package dev.lockstep.cache.jvm;
