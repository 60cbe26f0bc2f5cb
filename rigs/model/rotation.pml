/*
 * rotation: a token is replaced while its session, or all sessions of its principal, are logged out
 *
 * One session that begins under digest 0. One rotation replaces digest 0 by digest 1; its caller may stop at any step,
 * and need not wait for it. One logout: of token 0, of token 1 (once somebody has it), or of the principal, which has a row
 * of its own in the log, by which all older copies of the principal's sessions are refused. One other revocation moves the
 * position on. All transactions run statement by statement, READ COMMITTED, with row locks: a
 * statement sees what was committed when it began; where it comes to a row that another transaction has changed, it
 * waits for that one's commit and then looks again at the same row, if it is still there. One node trusts copies.
 *
 * After a logout returned: no session of the principal lives in the store, and no copy of it under either digest is
 * accepted. After the rotation returned: no copy under digest 0 is accepted.
 * Poll, push and reading are single steps (see facts.pml), but for the time between statement and effect of a poll.
 *
 * Mutations
 *   ROTATION_UNLOCKED      the rotation takes its position without locking the clock row
 *   REPLACED_ROWS          the rotation deletes the row and inserts another; all lock the clock row last
 *   DIGESTS_BEFORE_LOCK    the logout reads the session's digest before it locks the clock row, and ends it by digest
 *   ROTATION_WAITS_NOT     the rotation returns after its commit
 *   PUSHES_WHAT_IT_ENDS    the logout of a token pushes only the digest that it ended, not those the log still holds
 *   ROW_NOT_PUSHED         the logout of the principal pushes the digest that it ended, but not its own row
 *   OLD_TOKEN_ONLY         the logout of a token that was rotated away leaves the session under the new one
 *
 * Witnesses
 *   ROTATED                the rotation returns, and a copy under digest 1 is accepted
 *   OLD_COPY               before either returns, a copy under digest 0 is accepted though the session was rotated
 *   ALL_AFTER_ROTATION     the logout of the principal ends the session under digest 1
 *   ALL_BEFORE_ROTATION    the rotation finds the session ended
 *   OLD_TOKEN              the logout of token 0 finds the session under digest 1
 *   BY_ACK                 the logout returns by acknowledgement, after a rotation that no poll has seen
 *   ORDERED                the node's poll meets the rotation and the logout at once
 */

#include "common.h"

#define LEASE 2
#define NOBODY 0
#define ROTATION 1
#define LOGOUT 2
#define OTHER 3

/* The store: committed state, and the locks on the clock row and the session row. */
byte position;
byte logged[2];                      /* the position of each digest's log row, or 0 */
bool live = true;                    /* the session row */
bool digest;                         /* its digest */
#ifdef MUT_REPLACED_ROWS
bool second;                         /* the row that the rotation inserted is there, and live */
#endif
byte clock, row;                     /* who holds the lock */
byte applied;                        /* column of the node's row */
byte gone;                           /* the position of the principal's own row, or 0 */

/* The facts. */
byte left, age = LEASE, reached;
bool revoked[2];
bool barred;                         /* the principal's row is known */

bool rotated, returned, pushed, all;
bool token;                          /* what the logout names */
bool push[2], bar;                   /* what is pushed: digests, the principal's row */
byte waited[2], r[2];

#define lock(x, me) atomic { x == NOBODY || x == me -> x = me }

active proctype Time() {
  do
  :: d_step { rundown(left); grow(age, LEASE); grow(waited[0], LEASE); grow(waited[1], LEASE) }
  od
}

active proctype Feed() {
  bool d0, d1, b;
  byte to;
  do
  :: age = 0;
     d_step { d0 = logged[0] > reached; d1 = logged[1] > reached; b = gone > reached; to = position };
     d_step {
#ifdef SEE_ORDERED
       assert(!d0 || !d1);
#endif
       revoked[0] = revoked[0] || d0; revoked[1] = revoked[1] || d1; barred = barred || b;
       reached = to; left = LEASE - age; age = LEASE; d0 = false; d1 = false; b = false; to = 0
     };
     applied = reached
  od
}

active proctype Other() {
  lock(clock, OTHER);
  d_step { position++; clock = NOBODY }
}

/* The rotation. Its own push is left out: it would only help. */
active proctype Rotation() {
  byte next;
#if defined(MUT_ROTATION_UNLOCKED)
  next = position + 1;
#elif !defined(MUT_REPLACED_ROWS)
  lock(clock, ROTATION);
#endif
  lock(row, ROTATION);
  if
  :: d_step {                        /* update ... where digest = 0 and live */
       !live ->
#ifdef SEE_ALL_BEFORE_ROTATION
       assert(false);
#endif
       row = NOBODY;
       clock = (clock == ROTATION -> NOBODY : clock)
     };
     goto out
  :: else
  fi;
#ifdef MUT_REPLACED_ROWS
  lock(clock, ROTATION);
#endif
  d_step {
#ifdef MUT_ROTATION_UNLOCKED
    position = (position > next -> position : next);
    logged[0] = next; r[0] = next;
#else
    position++; logged[0] = position; r[0] = position;
    clock = NOBODY;
#endif
#ifdef MUT_REPLACED_ROWS
    live = false; second = true;
#endif
    digest = true; row = NOBODY; next = 0;
    waited[0] = 0
  };
#ifndef MUT_ROTATION_WAITS_NOT
  (applied >= r[0] || waited[0] >= LEASE);
#endif
  rotated = true;
out:
  skip
}

active proctype Logout() {
  bool mine;                         /* the digest that was ended */
  bool ended;
  if
  :: all = true
  :: token = 0
  :: digest -> token = 1
  fi;
#ifdef MUT_DIGESTS_BEFORE_LOCK
  mine = digest;
#endif
#ifndef MUT_REPLACED_ROWS
  lock(clock, LOGOUT);
#endif
  /* update ... where principal = ?, or where id = the id that the log or the row gives for the digest */
  if
  :: live ->                         /* the snapshot holds the row */
     lock(row, LOGOUT);
     d_step {
       if
#if defined(MUT_DIGESTS_BEFORE_LOCK)
       :: live && digest == mine -> ended = true
#elif defined(MUT_OLD_TOKEN_ONLY)
       :: live && (all || digest == token) -> ended = true; mine = digest
#else
       :: live -> ended = true; mine = digest
#endif
       :: else -> row = NOBODY       /* it was changed meanwhile and doesn't match any more */
       fi
     }
  :: !live
  fi;
#ifdef SEE_OLD_TOKEN
  assert(!(ended && !all && mine != token));
#endif
#ifdef SEE_ALL_AFTER_ROTATION
  assert(!(ended && all && mine));
#endif
#ifdef MUT_REPLACED_ROWS
  lock(clock, LOGOUT);
#endif
  d_step {
    if
    :: ended -> position++; logged[mine] = position; live = false; row = NOBODY
    :: else
    fi;
    if
    :: all -> position++; gone = position
    :: else
    fi;
    r[1] = position;
#ifdef MUT_PUSHES_WHAT_IT_ENDS
    push[0] = ended && mine == 0; push[1] = ended && mine == 1;
#else
    push[0] = (all -> ended && mine == 0 : logged[0] > 0);
    push[1] = (all -> ended && mine == 1 : logged[1] > 0);
#endif
#ifndef MUT_ROW_NOT_PUSHED
    bar = all;
#endif
    clock = NOBODY; waited[1] = 0; pushed = true
  };
  if
#if defined(MUT_PUSHES_WHAT_IT_ENDS) || defined(MUT_ROW_NOT_PUSHED)
  :: ended && revoked[mine] && barred >= bar
#else
  :: revoked[0] >= push[0] && revoked[1] >= push[1] && barred >= bar     /* acknowledged */
#endif
#ifdef SEE_BY_ACK
     -> assert(!(logged[0] > reached && logged[1] > reached))
#endif
  :: applied >= r[1]
  :: waited[1] >= LEASE
  fi;
  returned = true
}

active proctype Channel() {
  d_step { pushed -> revoked[0] = revoked[0] || push[0]; revoked[1] = revoked[1] || push[1]; barred = barred || bar }
}

/* What is vouched for after the principal's row has a position that is not lower: so a session that lives on. */
#define accepts(d) (left > 0 && !revoked[d] && !(barred && !live))

active proctype Validation() {
  do
#if defined(SEE_ROTATED)
  :: d_step { rotated && !returned && live && digest -> assert(!accepts(1)) }
#elif defined(SEE_OLD_COPY)
  :: d_step { !rotated && !returned && live && digest -> assert(!accepts(0)) }
#else
#ifdef MUT_REPLACED_ROWS
  :: d_step { returned && all -> promise(!live && !second) }
#else
  :: d_step { returned -> promise(!accepts(0) && (!accepts(1) || !digest) && !live) }
#endif
  :: d_step { rotated -> promise(!accepts(0)) }
#endif
  od
}
