/*
 * facts: what a reader concludes from lease, revoked set and floor, however it interleaves with their writers
 *
 * One trusting node, one token, one revocation (position 1). Every cache is hostile: a copy made before the
 * revocation (position 0) is at hand at every moment. Poll, push, forgetting, trimming and the reader may stop between
 * any two steps. (Polls that overlap are in feed.pml.)
 *
 * Time is kept as what is left of a lease and as the age of a poll or of a wait, each cut off where it no longer
 * matters. There is no last tick: the model covers runs of any length, with any number of polls, repeats of a push,
 * and forgettings. A node accepts while `left > 0` and revoke waits for the whole lease: the closest case that the
 * rule allows. The factor 1.25 of the protocol pays for clocks that run at different rates, so here all clocks run
 * alike. Any number of steps fits between two ticks and none is forced: a process that stops taking steps is one
 * that is paused, cut off or dead.
 *
 * Bounds
 *   -DLEASE=2
 *   -DLEASE=3
 *
 * Deep
 *   -DLEASE=5
 *
 * Mutations
 *   NO_LEASE_CHECK         a copy is believed whether or not the lease is running
 *   NO_WAITING             revoke returns after its commit
 *   WAITS_LESS             revoke waits one tick less than the lease
 *   NOTED_BEFORE_COMMIT    revoke counts its wait from before its commit
 *   LEASE_FROM_END         the lease is counted from the end of the poll
 *   LEASE_FROM_ANSWER      the lease is counted from the answer of the store
 *   ACK_BEFORE_APPLYING    a push is acknowledged before the digest is in the set
 *   APPLIED_BEFORE_FACTS   the poll writes `applied` before the digests are in the set
 *   SET_BEFORE_LEASE       a reader looks into the set, then reads the lease
 *   FLOOR_BEFORE_SET       a reader reads the floor, then looks into the set
 *   LEASE_BEFORE_FACTS     the poll publishes the lease before the digests and the floor
 *   STORE_FLOOR_IGNORED    the poll takes no notice of what the store has trimmed
 *   FLOOR_LOWERED          the poll sets the floor to the store's, even where it was higher
 *   FORGETS_FIRST          a node drops digests, then raises its floor
 *   FORGETS_UNDER_REACHED  a node that drops a pushed digest raises its floor only as far as its polls have come
 *
 * Witnesses
 *   ACCEPTED               before the logout, the copy is accepted
 *   ACCEPTED_IN_DOUBT      between commit and return, the copy is accepted
 *   BY_ACK                 revoke returns by the acknowledgement alone
 *   BY_APPLIED             revoke returns by `applied` alone
 *   BY_WAITING             revoke returns by waiting alone
 *   REFUSED_BY_SET         after the return a reader with a running lease is saved by the set alone
 *   REFUSED_BY_FLOOR       after the return a reader with a running lease is saved by the floor alone
 */

#include "common.h"

#ifndef LEASE
#define LEASE 2                      /* ticks */
#endif

/* The store. */
bool committed;                      /* the revocation; the clock's position is 1 from then on */
bool trimmed;                        /* its log row is gone again; the store's floor is 1 */
bool applied;                        /* the column of the node's row: it has reached position 1 */

/* The facts. */
byte left;                           /* what is left of the lease */
bool revoked;                        /* the digest is in the revoked set */
bool floor;                          /* the floor is at 1: copies at 0 are too old */
bool reached;                        /* how far the polls have come */

byte age;                            /* of the poll under way */

/* The logout. */
bool pushed, acknowledged, returned;
byte waited;                         /* time since the moment c */

byte believed;                       /* the lease as the reader read it in step 1, running down since */

active proctype Time() {
  do
  :: d_step {
       rundown(left); rundown(believed);
       grow(age, LEASE); grow(waited, LEASE)
     }
  od
}

/* The feed. A poll that stops before its last step is one that was given up. */
active proctype Poll() {
  bool digest, gone;
  do
  :: age = 0;                                                  /* 1: p */
     d_step {                                                     /* 2: one statement, one snapshot */
       digest = committed && !trimmed && !reached;
       gone = trimmed && !reached
     };
#ifdef MUT_LEASE_FROM_ANSWER
     age = 0;
#endif
#ifdef MUT_LEASE_BEFORE_FACTS
     left = LEASE - age;
#endif
#ifdef MUT_APPLIED_BEFORE_FACTS
     applied = applied || digest || gone;
#endif
     if :: digest -> revoked = true :: else fi;                   /* 4 */
#ifndef MUT_STORE_FLOOR_IGNORED
#ifdef MUT_FLOOR_LOWERED
     floor = gone;
#else
     if :: gone -> floor = true :: else fi;                       /* 5 */
#endif
#endif
     reached = reached || digest || gone;
#ifdef MUT_LEASE_FROM_END
     left = LEASE;
#else
#ifndef MUT_LEASE_BEFORE_FACTS
     left = LEASE - age;                                       /* 6 */
#endif
#endif
     d_step {                                                     /* 7 */
       applied = applied || reached;
       digest = false; gone = false; age = LEASE
     }
  od
}

/* The channel: late, lost (it stops), repeated. */
active proctype Push() {
  do
  :: pushed ->
#ifdef MUT_ACK_BEFORE_APPLYING
     acknowledged = true; revoked = true
#else
     revoked = true; acknowledged = true
#endif
  od
}

/* A node forgets whenever it likes. */
active proctype Forget() {
  do
  :: revoked ->
#ifdef MUT_FORGETS_FIRST
     revoked = false; floor = true
#else
#ifdef MUT_FORGETS_UNDER_REACHED
     floor = floor || reached; revoked = false
#else
     floor = true; revoked = false
#endif
#endif
  od
}

/* The store may trim a row as soon as it likes: here nothing depends on keeping it. */
active proctype Trim() { committed -> trimmed = true }

#ifdef MUT_WAITS_LESS
#define WAIT (LEASE - 1)
#else
#define WAIT LEASE
#endif

active proctype Logout() {
#ifdef MUT_NOTED_BEFORE_COMMIT
  waited = 0;
  committed = true;
#else
  committed = true;
  waited = 0;                                                     /* c */
#endif
  pushed = true;
#ifndef MUT_NO_WAITING
  if
  :: acknowledged
#ifdef SEE_BY_ACK
     -> assert(applied || waited >= WAIT)
#endif
  :: applied
#ifdef SEE_BY_APPLIED
     -> assert(acknowledged || waited >= WAIT)
#endif
  :: waited >= WAIT
#ifdef SEE_BY_WAITING
     -> assert(acknowledged || applied)
#endif
  fi;
#endif
  returned = true
}

/* One validation, at any moment after the return (for two witnesses, before it). */
active proctype Validation() {
  bool found, old;
#if defined(SEE_ACCEPTED)
  !committed;
#elif defined(SEE_ACCEPTED_IN_DOUBT)
  committed;
#else
  returned;
#endif
#ifdef MUT_SET_BEFORE_LEASE
  found = revoked;
  believed = left;
  old = floor;
#else
  believed = left;                                                /* 1 */
#ifdef MUT_FLOOR_BEFORE_SET
  old = floor;
  found = revoked;
#else
  found = revoked;                                                /* 2 */
  old = floor;                                                    /* 3 */
#endif
#endif
#if defined(SEE_ACCEPTED)
  assert(found || old || believed == 0 || committed)
#elif defined(SEE_ACCEPTED_IN_DOUBT)
  assert(found || old || believed == 0 || returned)
#elif defined(SEE_REFUSED_BY_SET)
  assert(!(found && !old && believed > 0))
#elif defined(SEE_REFUSED_BY_FLOOR)
  assert(!(!found && old && believed > 0))
#elif defined(MUT_NO_LEASE_CHECK)
  promise(found || old)
#else
  promise(found || old || believed == 0)                          /* 4 */
#endif
}
