/*
 * waiting: two nodes with unequal leases, a logout, and the same logout once more from the other node
 *
 * Both nodes trust copies: node 0 with a lease of 2 ticks, node 1 with one of 3. The first logout commits, may push,
 * and never waits (its caller gave up, or its node stopped). The second runs on node 0, before, during or after it,
 * and is either a logout of the same token or of the whole principal, whose only session this is; it may find
 * itself to be the first. A logout of the principal writes and pushes a row of its own, by which all older copies of the
 * principal's sessions are refused (that a poll brings it too is left out). The log is trimmed as soon as its rule allows.
 * The promise is checked on both nodes once the second has returned.
 *
 * Polls, repeats of pushes and time are without end, as in facts.pml. What facts.pml shows step by step is one step
 * here: a poll applies and publishes at once, a push applies and acknowledges at once, a validation reads at once.
 *
 * Mutations
 *   OWN_LEASE_FOR_ALL      a logout waits for its own node's lease, whatever the other's row says
 *   ONE_NODE_IS_ENOUGH     a logout returns when the first of the nodes is done
 *   SECOND_AT_ONCE         a logout that finds the session ended returns at once
 *   TRIM_AT_ONCE           the log keeps rows no longer than it likes
 *   TRIM_BY_SHORTER_LEASE  the log keeps rows for the trimmer's own lease, not the longest
 *   TRIM_FROM_INSERT       the age of a log row is counted from its insertion, not from its commit
 *   LOG_THEN_SESSIONS      the second logout looks into the log, then for the session, without the clock lock
 *   ROW_THEN_SESSIONS      a logout of the principal writes its row, then looks for sessions, without the clock lock
 *   EMPTY_PUSH_COUNTS      a logout of the principal that finds no live session pushes nothing and counts the answers
 *
 * Witnesses
 *   ACCEPTED               before the logout, the copy is accepted on the node with the longer lease
 *   FOUND_LIVE             the second logout finds the session live, ends it, waits and returns
 *   SECOND_BY_ACK          the second logout finds the session ended and returns by acknowledgements alone
 *   SECOND_BY_APPLIED      the second logout finds the session ended and returns by `applied` alone
 *   SECOND_BY_WAITING      the second logout finds the session ended and returns by waiting alone
 *   SECOND_UNKNOWN         the second logout finds neither session nor log row, and returns at once
 *   ALL_OF_NOTHING         the logout of the principal finds nothing live, and returns by acknowledgements alone
 *   TRIMMED_UNSEEN         a node first hears of the revocation by the store's floor
 */

#include "common.h"

#define LEASE(n) (2 + (n))
#define LONGEST 3

/* The store. */
bool live = true;                    /* the session row */
bool logged;                         /* the log row of the revocation, at position 1 */
bool position;                       /* of the clock; the store's floor is `position && !logged` */
byte kept;                           /* age of the log row since its commit */
bool applied[2];                     /* column of each node's row */

/* The facts. */
byte left[2];
bool revoked[2], floor[2], reached[2];
bool barred[2];                      /* the principal's row is known: copies that are older than it are refused */
byte age[2];                         /* of the poll under way */

/* The second logout. */
bool everything, ended, counts;       /* of the principal; it was ended already; the push holds enough */
#ifdef MUT_ROW_THEN_SESSIONS
bool newer;                          /* there are copies that are not older than the principal's row */
#endif
bool pushed, returned;
bool ack[2];
byte waited;

active proctype Time() {
  do
  :: d_step {
       rundown(left[0]); rundown(left[1]);
       grow(age[0], LEASE(0)); grow(age[1], LEASE(1));
       grow(waited, LONGEST); grow(kept, LONGEST)
     }
  od
}

proctype Poll(byte n) {
  bool digest, gone;
  do
  :: age[n] = 0;
     d_step { digest = logged && !reached[n]; gone = position && !logged && !reached[n] };
     d_step {
#ifdef SEE_TRIMMED_UNSEEN
       assert(!gone || revoked[n]);
#endif
       revoked[n] = revoked[n] || digest;
       floor[n] = floor[n] || gone;
       reached[n] = reached[n] || digest || gone;
       left[n] = LEASE(n) - age[n];
       digest = false; gone = false; age[n] = LEASE(n)
     };
     applied[n] = reached[n]
  od
}

active proctype Trim() {
  do
#if defined(MUT_TRIM_AT_ONCE)
  :: d_step { logged -> logged = false }
#elif defined(MUT_TRIM_BY_SHORTER_LEASE)
  :: d_step { (logged && kept >= LEASE(0)) -> logged = false }
#else
  :: d_step { (logged && kept >= LONGEST) -> logged = false }
#endif
  od
}

/* Commits; its push may reach either node, any time later, or never. */
active proctype First() {
#ifdef MUT_TRIM_FROM_INSERT
  d_step { live -> kept = 0 };
  d_step { live -> live = false; logged = true; position = true };
#else
  d_step { live -> live = false; logged = true; position = true; kept = 0 };
#endif
  if
  :: revoked[0] = true
  :: revoked[1] = true
  fi
}

#ifdef MUT_OWN_LEASE_FOR_ALL
#define WAIT(n) LEASE(0)
#else
#define WAIT(n) LEASE(n)
#endif

/* An acknowledgement counts only where the push holds the digest. */
#define done(n) ((counts && ack[n]) || applied[n] || waited >= WAIT(n))

active proctype Second() {
#ifdef MUT_LOG_THEN_SESSIONS
  bool was;
#endif
  if :: everything = false :: everything = true fi;

  /* Under the clock lock: end what lives, else find what was ended. */
#ifdef MUT_LOG_THEN_SESSIONS
  was = logged;
#endif
#ifdef MUT_ROW_THEN_SESSIONS
  newer = everything && live;
#endif
  d_step {
    if
    :: live -> live = false; logged = true; position = true; kept = 0; counts = true
    :: else ->
       ended = true;
#if defined(MUT_SECOND_AT_ONCE)
       returned = true
#elif defined(MUT_LOG_THEN_SESSIONS)
       counts = everything || was; returned = !counts
#else
       counts = everything || logged; returned = !counts
#endif
    fi
  };
#ifdef SEE_SECOND_UNKNOWN
  assert(!returned);
#endif
  if
  :: returned -> goto out
  :: else
  fi;
  waited = 0;                                                     /* c */
  pushed = true;
#ifdef MUT_ONE_NODE_IS_ENOUGH
  (done(0) || done(1));
#else
  (done(0) && done(1));
#endif
#ifdef SEE_FOUND_LIVE
  assert(ended);
#endif
#ifdef SEE_SECOND_BY_ACK
  assert(!(ended && !everything && ack[0] && ack[1] && !applied[0] && !applied[1] && waited == 0));
#endif
#ifdef SEE_SECOND_BY_APPLIED
  assert(!(ended && !ack[0] && !ack[1] && applied[0] && applied[1] && waited == 0));
#endif
#ifdef SEE_SECOND_BY_WAITING
  assert(!(ended && !ack[0] && !ack[1] && !applied[0] && !applied[1]));
#endif
#ifdef SEE_ALL_OF_NOTHING
  assert(!(ended && everything && ack[0] && ack[1] && !applied[0] && !applied[1] && waited == 0));
#endif
out:
  returned = true
}

/* Brings the second logout's push to each node: its own too, which it puts in without a message. */
proctype Channel(byte n) {
  d_step {
    pushed ->
    ack[n] = true; revoked[n] = revoked[n] || !(ended && everything);
#ifdef MUT_EMPTY_PUSH_COUNTS
    barred[n] = barred[n] || everything && !ended
#else
    barred[n] = barred[n] || everything
#endif
  }
}

#ifdef MUT_ROW_THEN_SESSIONS
#define refused(n) (barred[n] && !newer)
#else
#define refused(n) barred[n]
#endif
#define accepts(n) (left[n] > 0 && !revoked[n] && !floor[n] && !refused(n))

active proctype Validation() {
  do
#ifdef SEE_ACCEPTED
  :: d_step { live -> assert(!accepts(1)) }
#else
  :: d_step { returned -> promise(!accepts(0) && !accepts(1)) }
#endif
  od
}

init { atomic { run Poll(0); run Poll(1); run Channel(0); run Channel(1) } }
