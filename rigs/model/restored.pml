/*
 * restored: a store that falls back to an earlier state (a restored backup), or fails over, while a logout is under way
 *
 * One trusting node, one session, one logout of it; other revocations that only move the position on; up to RESTORES
 * times another history. A fall goes back to one state that the store once had. It may take back anything: the
 * session's creation, the node's row, positions, what the node wrote as `applied`. The old store is closed to all, and
 * what it has become is opened CLOSED ticks later at the earliest, with a new epoch. A failover loses nothing, and
 * nobody is kept out: it only has a new epoch. The session's row may also vanish, once, in the same epoch and without a
 * log row: deleted by hand, or a login that was not durable.
 * Copies: whatever the store vouched for at any time, with the epoch and position of that time.
 *
 * A token that the store doesn't know gets a log row, as if its session had been ended, by a transaction of its own:
 * copies of it may be believed.
 *
 * A logout that finds another epoch than that of its commit begins again, as its caller does whom it throws that at.
 * When its wait is over it is confirmed: by the time since before its commit was sent, if that is less than CLOSED, or by
 * one more reading. It returns in the step of that last look: what happens behind it happens to a logout that was true,
 * and to its caller all the same. So a logout that has returned when the store is opened is lost with what is taken back,
 * and nothing is promised of it; one that returns later is promised everything.
 *
 * Poll, registration, push and reading are single steps here (see facts.pml, registry.pml), but for the time that
 * passes between the statement of a poll and its effects.
 *
 * Bounds
 *   -DRESTORES=1 -DPOSITIONS=2
 *   -DRESTORES=2 -DPOSITIONS=1
 *
 * Deep
 *   -DRESTORES=2 -DPOSITIONS=2
 *
 * Mutations
 *   NOT_CONFIRMED          a logout returns when its wait is over, however long that took
 *   CONFIRMED_BEFORE       … or is confirmed by a reading that was sent before its wait was over
 *   CONFIRMED_LATE         … or asks a tick too late
 *   COUNTED_FROM_WAIT      … or counts the time from when its wait began
 *   FALL_UNNOTICED         a logout doesn't compare the epochs that it reads with that of its commit
 *   CLOSED_TOO_SHORT       the store is closed for less than a lease, and logouts know that
 *   OPENED_EARLY           the store is opened a tick earlier than logouts count on
 *   UNKNOWN_AT_ONCE        a logout of an unknown token returns at once
 *   UNKNOWN_IN_ANOTHER     … or tells of it in another history than the one that didn't know it
 *   COPY_EPOCH_IGNORED     a copy is believed whatever its epoch
 *   POLL_EPOCH_IGNORED     a poll doesn't compare the epoch
 *   EPOCH_COUNTED          the new epoch is the restored one plus one, instead of drawn at random
 *   NO_NEW_EPOCH           the store is restored without the statement that sets a new epoch
 *   REGISTRATION_LOST      the registration's commit isn't durable: a crash of the store takes it back, in the same epoch
 *   PUSH_EPOCH_IGNORED     a node applies a push of another epoch (and refuses a session that lives again)
 *
 * Witnesses
 *   ACCEPTED_AFTER         after the fall, a copy of the new epoch is accepted
 *   ACCEPTED_BETWEEN       after a failover, a copy of the old epoch is accepted under the old lease
 *   ACCEPTED_LOST          a logout has returned, and its session is accepted since the store was opened later
 *   ENDED_BEFORE           the logout finds the session ended, in another epoch than the first
 *   BY_ACK                 … its wait ends by acknowledgement there
 *   BY_APPLIED             … by `applied`
 *   BY_GONE                … since the row is gone
 *   BY_WAITING             … by waiting
 *   UNASKED                the logout returns after waiting, and needs no reading
 *   CONFIRMED              the logout is confirmed by a reading
 *   REFUTED                the last reading of the logout finds another epoch
 *   UNKNOWN                in a new epoch, the logout finds neither session nor log row, and goes on
 *   AFRESH                 a node starts afresh since the epoch is another, though its row is still there
 */

#include "common.h"

#ifndef RESTORES
#define RESTORES 1
#endif
#ifndef POSITIONS
#define POSITIONS 2
#endif
#define REGISTRATIONS 3
#define LEASE 2
#ifdef MUT_CLOSED_TOO_SHORT
#define CLOSED (LEASE - 1)
#else
#define CLOSED (LEASE + 1)
#endif
#ifdef MUT_CONFIRMED_LATE
#define TAKEN (CLOSED + 1)
#else
#define TAKEN CLOSED
#endif

#define UNBORN 0
#define LIVE 1
#define ENDED 2

/* The store. */
bool open = true;
byte closed = CLOSED;                          /* for how long */
byte epoch, position, session, logged;         /* logged: the position of the session's log row, or 0 */
byte row, applied;                             /* the node table: one row, whose it is */
bool born;                                     /* the token was given out */
byte epochs;                                   /* drawn so far */

/* The state that it falls back to. */
byte s_epoch, s_position, s_session, s_logged, s_row, s_applied;
byte restores;

/* What the store has vouched for. */
bool copy[(RESTORES + 1) * (POSITIONS + 1)];
#define at(e, p) copy[(e) * (POSITIONS + 1) + (p)]
#define vouch() at(epoch, position) = at(epoch, position) || session == LIVE

/* The facts. */
byte self;                                     /* the id of the node's row */
byte f_epoch, floor, reached, left;
bool revoked;
byte age = LEASE;

/* The logout. */
bool pushed, acknowledged, returned, lost, must;
byte r, r_epoch, waited = LEASE;
byte taken = TAKEN;                            /* since before its commit was sent */

active proctype Time() {
  do
  :: d_step { rundown(left); grow(age, LEASE); grow(waited, LEASE); grow(closed, CLOSED); grow(taken, TAKEN) }
  od
}

active proctype Login() { d_step { open -> born = true; session = LIVE; vouch() } }

active proctype Others() {
  do
  :: d_step { (open && position < POSITIONS) -> position++; vouch() }
  od
}

active proctype Operator() {
  d_step {
    open -> s_epoch = epoch; s_position = position; s_session = session; s_logged = logged;
    s_row = row; s_applied = applied
  };
  do
  :: d_step { (open && restores < RESTORES) -> restores++; open = false; closed = 0 };
#ifdef MUT_OPENED_EARLY
     d_step { closed >= CLOSED - 1 ->
#else
     d_step { closed >= CLOSED ->
#endif
       open = true; lost = lost || returned && s_session == LIVE;
       position = s_position; session = s_session; logged = s_logged;
       row = s_row; applied = s_applied;
#if defined(MUT_NO_NEW_EPOCH)
       epoch = s_epoch;
#elif defined(MUT_EPOCH_COUNTED)
       epoch = s_epoch + 1;
#else
       epochs++; epoch = epochs;
#endif
       vouch()
     }
  :: d_step { (open && restores < RESTORES) -> restores++; epochs++; epoch = epochs; vouch() }
  od
}

#ifdef MUT_REGISTRATION_LOST
active proctype Crash() { d_step { open -> row = 0 } }
#endif

/* Somebody deletes the session's row by hand, and the log doesn't know. */
active proctype Vandal() { d_step { (open && session == LIVE) -> session = UNBORN } }

inline register() {
  self++; row = self; applied = position;
  f_epoch = epoch; floor = position; reached = position; revoked = false; left = 0; age = LEASE
}

active proctype Feed() {
  bool dead, digest;
  byte to;
  d_step { open -> register() };
  do
  :: age = 0;
     d_step {
       open ->
#ifdef MUT_POLL_EPOCH_IGNORED
       dead = row != self || position < reached;
#else
       dead = row != self || epoch != f_epoch || position < reached;
#endif
       digest = logged > reached; to = position
     };
     if
     :: d_step {
          (dead && open && self < REGISTRATIONS) ->
#ifdef SEE_AFRESH
          assert(row != self || epoch == f_epoch);
#endif
          register(); dead = false; digest = false; to = 0
        }
     :: d_step {
          !dead -> revoked = revoked || digest; reached = to; left = LEASE - age;
          age = LEASE; digest = false; to = 0
        };
        d_step {
          if
          :: open && row == self -> applied = reached
          :: else
          fi
        }
     fi
  od
}

active proctype Channel() {
  do
#ifdef MUT_PUSH_EPOCH_IGNORED
  :: d_step { pushed -> revoked = true; acknowledged = true; pushed = false }
#else
  :: d_step { (pushed && f_epoch == r_epoch) -> revoked = true; acknowledged = true; pushed = false }
#endif
  od
}

#ifdef MUT_FALL_UNNOTICED
#define same_epoch true
#else
#define same_epoch (epoch == r_epoch)
#endif

/* No lease of another epoch that a fall has ended runs any more, and the epoch of `applied` doesn't matter. */
#define node_done (!must || row != self || applied >= r)

inline finish() { returned = true; taken = TAKEN; waited = LEASE; must = false; acknowledged = false }

active proctype Logout() {
again:
  taken = 0;
  atomic {
    (born && open) ->
    r_epoch = epoch; r = 0; must = false; pushed = false; acknowledged = false;
    if
    :: session == LIVE ->
       position < POSITIONS; position++; session = ENDED; logged = position; r = position
    :: session == ENDED || session == UNBORN && logged > 0 ->
#ifdef SEE_ENDED_BEFORE
       assert(epoch == 0 || session != ENDED);
#endif
       r = logged
    :: session == UNBORN && logged == 0
    fi
  };
  if
  :: r > 0
  :: r == 0 ->
#ifdef MUT_UNKNOWN_AT_ONCE
     d_step { finish() }; false;
#endif
     taken = 0;
     if
     :: atomic {
#ifdef MUT_UNKNOWN_IN_ANOTHER
          (open && position < POSITIONS) -> r_epoch = epoch;
#else
          (open && epoch == r_epoch && position < POSITIONS) ->
#endif
#ifdef SEE_UNKNOWN
          assert(epoch == 0);
#endif
          position++; logged = position; r = position
        }
#ifndef MUT_UNKNOWN_IN_ANOTHER
     :: open && epoch != r_epoch -> goto again
#endif
     fi
  fi;
  waited = 0;                                                     /* c */
  if
  :: d_step { open && same_epoch -> must = row == self; pushed = true }
  :: open && !same_epoch -> goto again
  fi;
#ifdef MUT_COUNTED_FROM_WAIT
  taken = 0;
#endif
#ifdef MUT_CONFIRMED_BEFORE
  if
  :: open && same_epoch
  :: open && !same_epoch -> goto again
  fi;
#endif
  if
  :: waited >= LEASE
#ifdef SEE_BY_WAITING
     -> assert(r_epoch == 0)
#endif
  :: acknowledged
#ifdef SEE_BY_ACK
     -> assert(r_epoch == 0)
#endif
  :: open && same_epoch && node_done
#ifdef SEE_BY_APPLIED
     -> assert(!(r_epoch > 0 && must && row == self))
#endif
#ifdef SEE_BY_GONE
     -> assert(!(r_epoch > 0 && must && row != self))
#endif
  :: open && !same_epoch -> goto again
  fi;
  if
#if defined(MUT_NOT_CONFIRMED) || defined(MUT_CONFIRMED_BEFORE)
  :: d_step { finish() }
#else
  :: d_step {
       taken < TAKEN ->
#ifdef SEE_UNASKED
       assert(waited < LEASE);
#endif
       finish()
     }
  :: d_step {
       open && same_epoch ->
#ifdef SEE_CONFIRMED
       assert(taken < CLOSED);
#endif
       finish()
     }
  :: open && !same_epoch ->
#ifdef SEE_REFUTED
     assert(false);
#endif
     goto again
#endif
  fi
}

inline find() {
  for (e : 0 .. RESTORES) {
    for (p : 0 .. POSITIONS) {
#ifdef MUT_COPY_EPOCH_IGNORED
      hit = hit || at(e, p) && p >= floor
#else
      hit = hit || at(e, p) && p >= floor && e == f_epoch
#endif
    }
  }
  hit = hit && !revoked && left > 0
}

active proctype Validation() {
  byte e, p;
  bool hit;
  do
#if defined(SEE_ACCEPTED_AFTER)
  :: d_step { restores > 0 && f_epoch == epoch -> find(); assert(!hit) }
#elif defined(SEE_ACCEPTED_BETWEEN)
  :: d_step { restores > 0 && open && f_epoch != epoch -> find(); assert(!hit) }
#elif defined(SEE_ACCEPTED_LOST)
  :: d_step { returned && lost -> find(); assert(!hit) }
#else
  :: d_step { returned && !lost -> find(); promise(!hit); e = 0; p = 0 }
#if !defined(MUT_NO_NEW_EPOCH) && !defined(MUT_EPOCH_COUNTED) && !defined(MUT_POLL_EPOCH_IGNORED)
  :: d_step { session == LIVE && f_epoch == epoch -> promise(!revoked) }     /* what lives is not refused unasked */
#endif
#endif
  od
}
