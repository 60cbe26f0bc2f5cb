/** The demo and Lockstep's pages in a real browser. */
package dev.lockstep.browser;
