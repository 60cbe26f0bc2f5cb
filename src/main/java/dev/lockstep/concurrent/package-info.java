/** What threads share without locks, and tasks that go on. */
@NullMarked
package dev.lockstep.concurrent;

import org.jspecify.annotations.NullMarked;
