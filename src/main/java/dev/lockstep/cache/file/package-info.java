/**
 * Files that caches of one machine share: they hold what may log in, so nobody else may write them.
 */
@NullMarked
package dev.lockstep.cache.file;

import org.jspecify.annotations.NullMarked;
