/**
 * The Servlet filter, and the mechanism by which a container asks who calls: bearer credentials in,
 * RFC 6750 answers out.
 */
@NullMarked
package dev.lockstep.web;

import org.jspecify.annotations.NullMarked;
