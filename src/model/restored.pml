/*
 * restored: a store that falls back to an earlier state (a restored backup, a failover that lost the last commits)
 *
 * One trusting node, one session, one logout of it; other revocations that only move the position on; up to RESTORES
 * falls back to one state that the store once had. The fall may take back anything: the session's creation, the
 * node's row, positions, what the node wrote as `applied`. It gives the store a new epoch in the same step; the old
 * store answers nobody any more. A logout whose commit is taken back is lost, and nothing is promised of it. The session's
 * row may also vanish, once, in the same epoch and without a log row: deleted by hand, or a login that was not durable.
 * Copies: whatever the store vouched for at any time, with the epoch and position of that time.
 *
 * The clock row says whether its epoch is settled. While it isn't, a logout waits for the longest lease whatever the
 * node rows say: nodes that the store has forgotten may hold leases. Whoever has waited that long after first seeing the epoch settles it.
 *
 * A token that the store doesn't know gets a log row, as if its session had been ended: copies of it may be believed.
 *
 * A logout that finds another epoch than that of its commit, when it looks at the node rows, begins again.
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
 *   ROWS_TRUSTED           in an unsettled epoch a logout waits only for the node rows that it finds
 *   UNKNOWN_AT_ONCE        a logout of an unknown token returns at once
 *   FALL_UNNOTICED         a logout takes the loss of a node's row in the fall for the end of its lease
 *   SETTLED_EARLY          the epoch is settled one tick before the longest lease has passed
 *   SETTLED_BY_RESTORE     the new epoch counts as settled from the start
 *   COPY_EPOCH_IGNORED     a copy is believed whatever its epoch
 *   POLL_EPOCH_IGNORED     a poll doesn't compare the epoch
 *   EPOCH_COUNTED          the new epoch is the restored one plus one, instead of drawn at random
 *   NO_NEW_EPOCH           the store is restored without the statement that sets a new epoch
 *   REGISTRATION_LOST      the registration's commit isn't durable: a crash of the store takes it back, in the same epoch
 *   PUSH_EPOCH_IGNORED     a node applies a push of another epoch (and refuses a session that lives again)
 *
 * Witnesses
 *   ACCEPTED_AFTER         after the fall, a copy of the new epoch is accepted
 *   ACCEPTED_BETWEEN       after the fall, a copy of the old epoch is accepted under the old lease
 *   ENDED_BEFORE           the logout finds the session ended, after a fall
 *   BY_ACK                 in a settled new epoch, the logout returns by acknowledgement
 *   BY_APPLIED             in a settled new epoch, the logout returns by `applied`
 *   BY_GONE                in a settled new epoch, the logout returns since the row is gone
 *   BY_WAITING             in an unsettled epoch, the logout returns by waiting
 *   UNKNOWN                in a settled new epoch, the logout finds neither session nor log row, and goes on
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

#define UNBORN 0
#define LIVE 1
#define ENDED 2

/* The store. */
byte epoch, position, session, logged;         /* logged: the position of the session's log row, or 0 */
byte row, applied;                             /* the node table: one row, whose it is */
bool settled = true;
bool born;                                     /* the token was given out */
byte epochs;                                   /* drawn so far */

/* The state that it falls back to. */
bool saved;
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
bool pushed, acknowledged, returned, lost, unsettled, must;
byte r, r_epoch, waited = LEASE;
byte settling = LEASE;

active proctype Time() {
  do
  :: d_step { rundown(left); grow(age, LEASE); grow(waited, LEASE); grow(settling, LEASE) }
  od
}

active proctype Login() { d_step { born = true; session = LIVE; vouch() } }

active proctype Others() {
  do
  :: d_step { position < POSITIONS -> position++; vouch() }
  od
}

active proctype Backup() {
  d_step {
    saved = true; s_epoch = epoch; s_position = position; s_session = session; s_logged = logged;
    s_row = row; s_applied = applied
  };
  do
  :: d_step {
       restores < RESTORES ->
       restores++;
       lost = lost || s_session == LIVE;
       position = s_position; session = s_session; logged = s_logged;
       row = s_row; applied = s_applied;
#if defined(MUT_NO_NEW_EPOCH)
       epoch = s_epoch;
#elif defined(MUT_EPOCH_COUNTED)
       epoch = s_epoch + 1;
#else
       epochs++; epoch = epochs;
#endif
#ifndef MUT_SETTLED_BY_RESTORE
       settled = false; settling = 0;
#endif
       vouch()
     }
  od
}

#ifdef MUT_REGISTRATION_LOST
active proctype Crash() { row = 0 }
#endif

/* Somebody deletes the session's row by hand, and the log doesn't know. */
active proctype Vandal() { d_step { session == LIVE -> session = UNBORN } }

/* Any node; it first saw the epoch no sooner than the store was restored. */
active proctype Settle() {
  do
#ifdef MUT_SETTLED_EARLY
  :: d_step { (!settled && settling >= LEASE - 1) -> settled = true }
#else
  :: d_step { (!settled && settling >= LEASE) -> settled = true }
#endif
  od
}

inline register() {
  self++; row = self; applied = position;
  f_epoch = epoch; floor = position; reached = position; revoked = false; left = 0; age = LEASE
}

active proctype Feed() {
  bool dead, digest;
  byte to;
  d_step { register() };
  do
  :: age = 0;
     d_step {
#ifdef MUT_POLL_EPOCH_IGNORED
       dead = row != self || position < reached;
#else
       dead = row != self || epoch != f_epoch || position < reached;
#endif
       digest = logged > reached; to = position
     };
     if
     :: d_step {
          dead && self < REGISTRATIONS ->
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
          :: row == self -> applied = reached
          :: else
          fi
        }
     fi
  od
}

active proctype Channel() {
#ifdef MUT_PUSH_EPOCH_IGNORED
  d_step { pushed -> revoked = true; acknowledged = true }
#else
  d_step { (pushed && f_epoch == r_epoch) -> revoked = true; acknowledged = true }
#endif
}

/* Once the epoch is settled, no lease of another epoch runs any more, and the epoch of `applied` doesn't matter. */
#define node_done (!must || row != self || applied >= r)

active proctype Logout() {
again:
  atomic {
    born ->
    r_epoch = epoch; unsettled = !settled; r = 0; must = false; lost = false; pushed = false; acknowledged = false;
    if
    :: session == LIVE ->
       position < POSITIONS; position++; session = ENDED; logged = position; r = position
    :: session == ENDED ->
#ifdef SEE_ENDED_BEFORE
       assert(restores == 0);
#endif
       r = logged
    :: session == UNBORN && logged > 0 -> r = logged
    :: session == UNBORN && logged == 0 && position < POSITIONS ->
#ifdef SEE_UNKNOWN
       assert(epoch == 0 || unsettled);
#endif
#ifdef MUT_UNKNOWN_AT_ONCE
       goto out
#else
       position++; logged = position; r = position
#endif
    fi
  };
  waited = 0;                                                     /* c */
  if
#ifdef MUT_FALL_UNNOTICED
  :: must = row == self
#else
  :: d_step { epoch == r_epoch -> must = row == self }
  :: epoch != r_epoch -> goto again
#endif
  fi;
  pushed = r > 0;
#ifdef MUT_ROWS_TRUSTED
  unsettled = false;
#endif
  if
  :: waited >= LEASE
#ifdef SEE_BY_WAITING
     -> assert(!unsettled)
#endif
  :: acknowledged && !unsettled
#ifdef SEE_BY_ACK
     -> assert(r_epoch == 0)
#endif
#ifdef MUT_FALL_UNNOTICED
  :: node_done && !unsettled
#else
  :: epoch == r_epoch && node_done && !unsettled
#ifdef SEE_BY_APPLIED
     -> assert(!(r_epoch > 0 && must && row == self))
#endif
#ifdef SEE_BY_GONE
     -> assert(!(r_epoch > 0 && must && row != self))
#endif
  :: epoch != r_epoch -> goto again
#endif
  fi;
out:
  returned = true
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
  :: d_step { restores > 0 && f_epoch != epoch -> find(); assert(!hit) }
#else
  :: d_step { returned && !lost -> find(); promise(!hit); e = 0; p = 0 }
#if !defined(MUT_NO_NEW_EPOCH) && !defined(MUT_EPOCH_COUNTED) && !defined(MUT_POLL_EPOCH_IGNORED)
  :: d_step { session == LIVE && f_epoch == epoch -> promise(!revoked) }     /* what lives is not refused unasked */
#endif
#endif
  od
}
