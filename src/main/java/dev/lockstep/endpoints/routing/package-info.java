/** What the endpoints are made of: routes, what they are asked, and what they answer. */
@NullMarked
package dev.lockstep.endpoints.routing;

import org.jspecify.annotations.NullMarked;
