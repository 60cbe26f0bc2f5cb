/** Which files of the product run on a journey, compared with the page that tells of them. */
@NullMarked
package dev.lockstep.map;

import org.jspecify.annotations.NullMarked;
