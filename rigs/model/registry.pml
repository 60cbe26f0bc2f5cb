/*
 * registry: who must be waited for, when nodes register, are fenced, start afresh, shut down, die and come back
 *
 * One server that trusts copies, one token, one revocation (position 1), hostile caches as in facts.pml. The server
 * goes through up to OBJECTS facts objects, each with a row of its own in the node table: by starting afresh (told
 * to by its poll, or for no reason), by being killed and started again, or by an undeployment and deployment. Any
 * number of polls, and no last tick. A fencer stands for all other logouts: it fences any row whenever it likes and
 * deletes it one wait later.
 *
 * Registering is the weakest that the protocol may do: the position is read, and some time later the row is
 * committed, without a lock. The row starts with that position as `applied`, the facts with it as floor. A server that
 * starts afresh ends the lease of its facts for good, registers, and then installs the new facts object.
 * An acknowledgement counts for all rows of the process that sent it.
 *
 * One step here, and many in facts.pml: a poll applies and publishes, a push applies and acknowledges, a reader looks
 * into the set and at the floor. Trimming and forgetting are left to that model too.
 *
 * Bounds
 *   -DOBJECTS=2
 *
 * Deep
 *   -DOBJECTS=3
 *
 * Mutations
 *   REGISTERS_AFTER_POLL    a node commits its row only after its first poll
 *   FLOOR_LEFT_OUT          a node registers at a position, but its facts start with floor 0
 *   FENCE_IGNORED           a poll grants the lease although its row is fenced
 *   LOSS_IGNORED            a poll grants the lease although its row is gone
 *   ROW_BEFORE_P            a poll looks at its own row before it notes p
 *   OLD_POLL_GRANTS         the poll that found its row gone grants the lease to the new facts object
 *   LEASE_TAKEN_OVER        the new facts object starts with what is left of the old one's lease
 *   EMPTIED_IN_PLACE        a node that starts afresh empties its facts object instead of replacing it
 *   READ_TWICE              a reader takes the lease from one facts object and the rest from the next
 *   INSTALLED_LAST          the new facts object is registered and polled for while the old one keeps its lease
 *   PUSH_INTO_OLD           the channel keeps the facts object that it was given at its start
 *   ROW_FIRST_AFRESH        a node that starts afresh deletes its old row, then replaces the facts object
 *   ROW_FIRST_AT_SHUTDOWN   a node that shuts down deletes its row, then ends its lease
 *   LEASE_REVIVED           a poll in flight at shutdown publishes its lease after the lease was ended
 *   SAME_ID                 a node registers anew under its old id
 *   DELETED_AT_ONCE         a fenced row is deleted at once, not one wait later
 *   DELETED_EARLY           the wait between fence and deletion is counted from before the fence's commit
 *   FENCE_LOST              the fence's commit isn't durable: a crash of the store takes it back before the deletion
 *   ROWS_BEFORE_COMMIT      revoke reads the node rows before its commit
 *
 * Witnesses
 *   ACCEPTED                a copy is accepted by the first facts object
 *   ACCEPTED_AFRESH         a copy is accepted by the last facts object, after the node was fenced
 *   BY_ACK                  revoke returns by acknowledgement alone
 *   BY_APPLIED              revoke returns by `applied` alone
 *   BY_GONE                 revoke had read a row, and returns since it is gone
 *   BY_NO_ROW               revoke finds no row at all, while a living node has its last object installed
 *   BY_WAITING              revoke returns by waiting alone
 *   REFUSED_BY_SET          after the return, a reader with a running lease is saved by the set alone
 *   REFUSED_BY_FLOOR        after the return, a reader with a running lease is saved by the floor alone
 *   OLD_OBJECT_READ         a reader that began after the return goes on with an object that is being replaced
 */

#include "common.h"

#ifndef OBJECTS
#define OBJECTS 2
#endif
#define LAST (OBJECTS - 1)
#define LEASE 2

/* The store. */
bool logged;                         /* the log row, position 1 */
bool exists[OBJECTS], fenced[OBJECTS], applied[OBJECTS];   /* the node table */

/* The facts objects. */
byte left[OBJECTS];
bool revoked[OBJECTS], floor[OBJECTS], reached[OBJECTS];
bool ended[OBJECTS];                 /* shut down: no lease is published any more */
bool kin[OBJECTS];                   /* of the same process as the object before it */
bool killed[OBJECTS];                /* its process is dead */
byte current;                        /* what a reader finds */
byte newest;                         /* what the feed works on */
byte age = LEASE;                    /* of the poll under way */

byte fencing = LEASE;                /* time since the fence */

/* The logout. */
bool pushed, returned;
bool must[OBJECTS], ack[OBJECTS];
byte waited = LEASE;

byte believed;

#define deleted(k) exists[k] = false; fenced[k] = false

#ifdef MUT_SAME_ID
#define row(k) 0
#else
#define row(k) k
#endif

active proctype Time() {
  byte i;
  do
  :: d_step {
       for (i : 0 .. LAST) { rundown(left[i]) }
       i = 0;
       rundown(believed); grow(age, LEASE); grow(fencing, LEASE); grow(waited, LEASE)
     }
  od
}

/* The next facts object, in a new process or a new deployment. */
inline next() {
  newest++; current = newest; age = LEASE
}

active proctype Feed() {
  bool q, dead, digest;
register:
#ifdef MUT_REGISTERS_AFTER_POLL
  goto poll;
late:
#endif
  q = logged;
  d_step {
    exists[row(newest)] = true; fenced[row(newest)] = false; applied[row(newest)] = q && !returned;
#ifndef MUT_FLOOR_LEFT_OUT
    floor[newest] = q;
#endif
    reached[newest] = q; q = false;
#ifdef MUT_OLD_POLL_GRANTS
    left[newest] = LEASE - age; age = LEASE
#endif
  };
#ifndef MUT_INSTALLED_LAST
  current = newest;
#endif

poll:
#ifdef MUT_ROW_BEFORE_P
  dead = !exists[row(newest)] || fenced[row(newest)];
#endif
  if
  :: age = 0                                                      /* 1 */
  :: newest < LAST -> goto afresh
  :: d_step {
       newest < LAST ->
       killed[newest] = true; left[newest] = 0; revoked[newest] = false; floor[newest] = false; next()
     };
     goto register
  :: d_step { (newest < LAST && ended[newest]) -> next() }; goto register
  fi;
  d_step {                                                        /* 2 */
#if defined(MUT_REGISTERS_AFTER_POLL)
    dead = fenced[row(newest)];
#elif defined(MUT_FENCE_IGNORED)
    dead = !exists[row(newest)];
#elif defined(MUT_LOSS_IGNORED)
    dead = fenced[row(newest)];
#elif !defined(MUT_ROW_BEFORE_P)
    dead = !exists[row(newest)] || fenced[row(newest)];
#endif
    digest = logged && !reached[newest] && !dead
  };
  if
  :: d_step { dead -> dead = false } goto afresh                  /* 3 */
  :: d_step {
       !dead ->
       revoked[newest] = revoked[newest] || digest;               /* 4 */
       reached[newest] = reached[newest] || digest;
#ifdef MUT_LEASE_REVIVED
       left[newest] = LEASE - age;
#else
       left[newest] = (ended[newest] -> 0 : LEASE - age);         /* 6 */
#endif
#ifdef MUT_INSTALLED_LAST
       current = newest;
#endif
       applied[row(newest)] = applied[row(newest)] || reached[newest] && !returned;   /* 7 */
       digest = false; age = LEASE
     }
  fi;
#ifdef MUT_REGISTERS_AFTER_POLL
  if :: !exists[row(newest)] -> goto late :: else fi;
#endif
  goto poll;

afresh:
#ifdef MUT_ROW_FIRST_AFRESH
  deleted(row(newest));
#endif
#ifdef MUT_EMPTIED_IN_PLACE
  atomic { revoked[newest] = false; floor[newest] = false; left[newest] = 0; reached[newest] = false; age = LEASE }
#else
  atomic {
    newest < LAST ->
#ifdef MUT_LEASE_TAKEN_OVER
    left[newest + 1] = left[newest];
#endif
    kin[newest + 1] = true;
#ifndef MUT_INSTALLED_LAST
    left[newest] = 0;
#endif
#ifndef MUT_OLD_POLL_GRANTS
    age = LEASE;
#endif
    newest++
  };
#endif
  goto register
}

/* The row of an object that its own node has replaced is deleted some time, or never. */
#if !defined(MUT_SAME_ID) && !defined(MUT_EMPTIED_IN_PLACE)
active proctype Tidy() {
  do
  :: d_step { (current > 0 && kin[current] && exists[current - 1]) -> deleted(current - 1) }
  od
}
#endif

/* Shutting down, or undeploying. */
active proctype Shutdown() {
#ifdef MUT_ROW_FIRST_AT_SHUTDOWN
  d_step { exists[row(0)] && newest == 0 -> deleted(row(0)) };
  d_step { newest == 0 -> ended[0] = true; left[0] = 0 }
#else
  d_step { exists[row(0)] && newest == 0 -> ended[0] = true; left[0] = 0 };
  d_step { deleted(row(0)) }
#endif
}

active proctype Fencer() {
  byte k;
  do
  :: if
     :: exists[0] && !fenced[0] -> k = 0
     :: exists[1] && !fenced[1] -> k = 1
#if OBJECTS > 2
     :: exists[2] && !fenced[2] -> k = 2
#endif
     fi;
#ifdef MUT_DELETED_EARLY
     fencing = 0;
     fenced[k] = true;
#else
     d_step { fenced[k] = true; fencing = 0 };
#ifdef MUT_FENCE_LOST
     if :: fenced[k] = false :: skip fi;
#endif
#endif
#ifdef MUT_DELETED_AT_ONCE
     d_step { deleted(k); k = 0; fencing = LEASE }
#else
     d_step { fencing >= LEASE -> deleted(k); k = 0 }
#endif
  od
}

active proctype Channel() {
  byte k;
#ifndef MUT_PUSH_INTO_OLD
  pushed;
#endif
  k = current;
  d_step {
    pushed && !killed[k] && !ended[k] -> revoked[k] = true;
    if
    :: !returned ->
       ack[k] = true;
       if :: k < LAST -> ack[k + 1] = kin[k + 1] :: else fi;
       if :: k > 0 -> ack[k - 1] = kin[k] :: else fi;
#if OBJECTS > 2
       if :: kin[1] && kin[2] -> ack[0] = true; ack[2] = true :: else fi
#endif
    :: else
    fi;
    k = 0
  }
}

#define done(k) (!must[k] || ack[k] || applied[k] || !exists[k] || waited >= LEASE)
#if OBJECTS > 2
#define all_done (done(0) && done(1) && done(2))
#else
#define all_done (done(0) && done(1))
#endif

inline rows() {
  for (i : 0 .. LAST) { must[i] = exists[i] }
  i = 0
}

active proctype Logout() {
  byte i;
#ifdef MUT_ROWS_BEFORE_COMMIT
  d_step { rows() };
  d_step { logged = true; waited = 0 };                           /* c */
#else
  d_step { logged = true; waited = 0 };                           /* c */
  d_step { rows() };
#endif
  pushed = true;
  d_step {
    all_done ->
#ifdef SEE_BY_ACK
    assert(!(must[0] && ack[0] && exists[0] && !applied[0] && waited < LEASE));
#endif
#ifdef SEE_BY_APPLIED
    assert(!(must[0] && !ack[0] && exists[0] && applied[0] && waited < LEASE));
#endif
#ifdef SEE_BY_GONE
    assert(!(must[0] && !ack[0] && !exists[0] && !applied[0] && waited < LEASE));
#endif
#ifdef SEE_BY_NO_ROW
    assert(must[0] || must[1] || must[LAST] || newest < LAST || killed[newest]);
#endif
#ifdef SEE_BY_WAITING
    assert(!(must[0] && !ack[0] && exists[0] && !applied[0]));
#endif
    returned = true; waited = LEASE;
    for (i : 0 .. LAST) { must[i] = false; ack[i] = false; applied[i] = false }
    i = 0
  }
}

/* A request finds the current object of its application; one that runs on in an undeployed application, its last. */
active proctype Validation() {
  byte k;
#if defined(SEE_ACCEPTED_AFRESH)
  newest == LAST;
#elif !defined(SEE_ACCEPTED)
  returned;
#endif
  if
  :: k = current
  :: ended[0] -> k = 0
  fi;
  believed = left[k];                                             /* 1 */
#ifdef MUT_READ_TWICE
  k = current;
#endif
  d_step {                                                        /* 2, 3, 4 */
#if defined(SEE_ACCEPTED)
    assert(revoked[k] || floor[k] || believed == 0 || k > 0)
#elif defined(SEE_ACCEPTED_AFRESH)
    assert(revoked[k] || floor[k] || believed == 0 || k < LAST || !kin[k] || !fenced[k - 1] || logged)
#elif defined(SEE_REFUSED_BY_SET)
    assert(!(revoked[k] && !floor[k] && believed > 0))
#elif defined(SEE_REFUSED_BY_FLOOR)
    assert(!(!revoked[k] && floor[k] && believed > 0))
#elif defined(SEE_OLD_OBJECT_READ)
    assert(k == current || ended[k] || believed == 0)
#else
    promise(revoked[k] || floor[k] || believed == 0 || killed[k])
#endif
  }
}
