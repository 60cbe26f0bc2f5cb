/*
 * What the models share.
 *
 * A build with -DSEE=... looks for a witness: it must find the one assertion that the witness names, so the promises
 * are left out of it.
 */
#ifdef SEE
#define promise(condition) skip
#else
#define promise(condition) assert(condition)
#endif

/* Time: what is left of something, and the age of something that no longer matters past its limit. */
#define rundown(x) x = (x > 0 -> x - 1 : 0)
#define grow(x, limit) x = (x < limit -> x + 1 : x)
