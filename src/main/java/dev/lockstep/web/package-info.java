/** The Servlet filter: bearer credentials in, RFC 6750 answers out. */
@NullMarked
package dev.lockstep.web;

import org.jspecify.annotations.NullMarked;
