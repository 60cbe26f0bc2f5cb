/*
 * joining: loads that several validations share, and copies that loads leave behind
 *
 * One trusting node, one token, one revocation (position 1). Somebody loads the token again and again; a load takes
 * the row and the store's position in one statement, and its result is handed out some time later: to whoever joined
 * it, and to the caches. The one validation begins after revoke returned. It either finds a load under way and joins
 * it, or finds the last load's result as a copy, or loads for itself. What it did not begin itself it checks against
 * the facts as it would a copy; if that fails, it loads.
 *
 * The poll is one step but for the time between statement and effect, and the facts are read at once (facts.pml). The
 * node forgets whenever it likes. Time as in facts.pml.
 *
 * Mutations
 *   JOINER_TRUSTS          a joiner uses the result as it stands
 *   JOINER_LOOKS_FOR_DIGEST  a joiner only looks into the revoked set
 *   JOINER_JOINS_AGAIN     a joiner whose check fails takes the next load it finds under way as its own
 *   STAMPED_AFTER          a load reads the position after the row, in a statement of its own
 *   STAMPED_AT_FILL        a copy gets the position at which it is put into the cache
 *
 * Witnesses
 *   JOINED                 before the logout, a joiner accepts
 *   HIT                    before the logout, a copy is accepted
 *   STALE_RESULT           a joiner that began after the return gets what was read before the commit
 *   SAVED_BY_SET           ... and refuses it although the lease runs and the floor allows it
 *   SAVED_BY_FLOOR         ... and refuses it although the lease runs and the set doesn't hold the digest
 *   SAVED_BY_LEASE         ... and refuses it since no lease runs
 */

#include "common.h"

#define LEASE 2

/* The store. */
bool logged, applied;                /* the session is live until the revocation is logged */

/* The facts. */
byte left, age = LEASE;
bool revoked, floor, reached;

/* The load under way, and the copy that the last one left. */
bool loading, result, live, at;      /* begun; read; what was read, at which position */
bool copied, copied_at;

bool returned;
byte waited = LEASE;

active proctype Time() {
  do
  :: d_step { rundown(left); grow(age, LEASE); grow(waited, LEASE) }
  od
}

active proctype Feed() {
  bool digest;
  do
  :: age = 0;
     digest = logged && !reached;
     d_step {
       revoked = revoked || digest; reached = reached || digest; left = LEASE - age; age = LEASE; digest = false
     };
     applied = reached
  :: d_step { revoked -> floor = true; revoked = false }
  od
}

active proctype Loads() {
  do
  :: loading = true;
#ifdef MUT_STAMPED_AFTER
     live = !logged;
     d_step { at = logged; result = true };
#else
     d_step { live = !logged; at = logged; result = true };
#endif
     if                              /* a fill may be late: other loads may have come and gone */
     :: d_step {
          live ->
          copied = true;
#ifdef MUT_STAMPED_AT_FILL
          copied_at = logged
#else
          copied_at = at
#endif
        }
     :: skip
     fi;
     d_step { loading = false; result = false; live = false; at = false }
  od
}

active proctype Logout() {
  d_step { logged = true; waited = 0 };
  d_step { applied || waited >= LEASE -> returned = true; waited = LEASE }
}

#define accepted(position) (left > 0 && !revoked && position >= floor)

active proctype Validation() {
#if defined(SEE_JOINED) || defined(SEE_HIT)
  !logged;
#else
  returned;
#endif
  if
  :: copied ->
     d_step {
#ifdef SEE_HIT
       assert(!accepted(copied_at) || logged)
#elif defined(SEE_JOINED)
       skip
#else
       promise(!accepted(copied_at))
#endif
     }
  :: loading ->
#ifdef MUT_JOINER_JOINS_AGAIN
again:
#endif
     atomic {
       result ->
#if defined(SEE_JOINED)
       assert(!(live && accepted(at)) || logged)
#elif defined(SEE_HIT)
       skip
#elif defined(SEE_STALE_RESULT)
       assert(!live)
#elif defined(SEE_SAVED_BY_SET)
       assert(!(live && left > 0 && !floor))
#elif defined(SEE_SAVED_BY_FLOOR)
       assert(!(live && left > 0 && !revoked))
#elif defined(SEE_SAVED_BY_LEASE)
       assert(!(live && !revoked && !floor))
#elif defined(MUT_JOINER_TRUSTS)
       promise(!live)
#elif defined(MUT_JOINER_LOOKS_FOR_DIGEST)
       promise(!live || revoked)
#else
       promise(!(live && accepted(at)))
#endif
     };
#ifdef MUT_JOINER_JOINS_AGAIN
     loading; result; promise(!live)
#endif
  :: else -> promise(logged)         /* its own load: the store doesn't vouch */
  fi
}
