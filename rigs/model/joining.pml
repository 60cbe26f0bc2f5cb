/*
 * joining: loads that several validations share, and copies that loads leave behind
 *
 * One trusting node, one token, one revocation (position 1). Somebody loads the token again and again; a load takes
 * the row and the store's position in one statement, or a copy that it judges itself, and its result is handed out some
 * time later: to whoever joined it, and to the caches. The one validation begins after revoke returned. It either finds
 * a load under way and joins it, or finds the last load's result as a copy, or loads for itself. What was begun before it
 * came it checks against the facts as it would a copy; if that fails, it loads, or takes what a load has that was begun
 * after it came.
 *
 * The poll is one step but for the time between statement and effect, and the facts are read at once (facts.pml). The
 * node forgets whenever it likes. Time as in facts.pml.
 *
 * Mutations
 *   JOINER_TRUSTS          a joiner uses the result as it stands
 *   JOINER_LOOKS_FOR_DIGEST  a joiner only looks into the revoked set
 *   JOINER_JOINS_AGAIN     a joiner whose check fails takes any load that it finds under way as its own
 *   KEPT_UNJUDGED          a load takes the copy that it finds as it is
 *   STAMPED_AFTER          a load reads the position after the row, in a statement of its own
 *   STAMPED_AT_FILL        a copy gets the position at which it is put into the cache
 *
 * Witnesses
 *   JOINED                 before the logout, a joiner accepts
 *   HIT                    before the logout, a copy is accepted
 *   JOINED_LATER           a joiner whose check failed takes what a later load has
 *   KEPT                   before the logout, a joiner accepts what a load took from a copy
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
bool later;                          /* begun after the validation came */
bool copied, copied_at;
#ifdef SEE_KEPT
bool kept;
#endif

bool returned, came;
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

#define accepted(position) (left > 0 && !revoked && position >= floor)

#ifdef MUT_KEPT_UNJUDGED
#define usable true
#else
#define usable accepted(copied_at)
#endif

active proctype Loads() {
  do
  :: d_step { loading = true; later = came };
     if
     :: d_step {
          copied && usable -> live = true; at = copied_at; result = true;
#ifdef SEE_KEPT
          kept = true
#endif
        }
#ifdef MUT_STAMPED_AFTER
     :: live = !logged;
        d_step { at = logged; result = true }
#else
     :: d_step { live = !logged; at = logged; result = true }
#endif
     fi;
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
     d_step { loading = false; result = false; live = false; at = false; later = false }
  od
}

active proctype Logout() {
  d_step { logged = true; waited = 0 };
  d_step { applied || waited >= LEASE -> returned = true; waited = LEASE }
}

#if defined(SEE_JOINED) || defined(SEE_HIT) || defined(SEE_KEPT)
#define comes !logged
#else
#define comes returned
#endif

active proctype Validation() {
  bool trusted;
  d_step { comes -> came = true };
  if
  :: copied ->
     d_step {
#ifdef SEE_HIT
       assert(!accepted(copied_at) || logged)
#elif defined(SEE_JOINED) || defined(SEE_KEPT)
       skip
#else
       promise(!accepted(copied_at))
#endif
     }
  :: loading ->
     atomic {
       result ->
       trusted = later || live && accepted(at);
#if defined(SEE_JOINED)
       assert(!(live && accepted(at)) || logged)
#elif defined(SEE_KEPT)
       assert(!(live && accepted(at) && kept) || logged)
#elif defined(SEE_HIT)
       skip
#elif defined(SEE_STALE_RESULT)
       assert(!live || later)
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
       promise(!(live && trusted))
#endif
     };
     if
     :: trusted
     :: !trusted ->
#ifdef MUT_JOINER_JOINS_AGAIN
        atomic { loading && result -> promise(!live) }
#else
        if
        :: atomic {
             later && result ->
#ifdef SEE_JOINED_LATER
             assert(false);
#endif
             promise(!live)
           }
        :: promise(logged)
        fi
#endif
     fi
  :: else -> promise(logged)         /* its own load: the store doesn't vouch */
  fi
}
