/*
 * feed: pages, polls that overlap, groups of revocations in one transaction, and trimming under a slow reader
 *
 * One trusting node. POSITIONS revocations; the logout waits for the one at MINE. Those up to MINE are committed one by
 * one or together, the rest later. The store trims whenever it likes, as far as it likes. The node reads one row a page (the
 * least there is: every boundary falls between two rows). Two polls may overlap: one that was given up goes on in the
 * background, whatever it still does. Every row has a position of its own, also within one transaction.
 *
 * A page is one statement: clock, floor and the next row. A poll is complete when its last page reached the position
 * that the same statement read; its lease is counted from the beginning of that page. Waiting is by `applied` and by
 * the lease; time as in facts.pml.
 *
 * Bounds
 *   -DPOSITIONS=3 -DMINE=1
 *   -DPOSITIONS=3 -DMINE=2
 *   -DPOSITIONS=3 -DMINE=3
 *
 * Deep
 *   -DPOSITIONS=4 -DMINE=2
 *
 * Mutations
 *   LEASE_EVERY_PAGE       the lease is published after every page
 *   COMPLETE_BY_FIRST      how far to read is decided by the first page's statement, the lease counted from the last
 *   FLOOR_AFTER_COUNT      the store's floor is compared with what was reached after the page's rows are counted
 *   FLOOR_LAST_PAGE        the store's floor is only looked at when the poll is complete
 *   APPLIED_IS_POSITION    after every page the poll writes the clock's position as `applied`
 *   REACHED_FIRST          a poll notes how far it has come before the digests are in the set
 *   SHARED_POSITION        the rows of one transaction share a position, and a page may end between them
 *   FALL_BY_NOW            a poll compares the position with what others have reached meanwhile: a false fall
 *
 * Witnesses
 *   ACCEPTED               before the logout, a copy is accepted
 *   PAGED                  a poll of several pages is completed
 *   OVERTAKEN              a poll that was overtaken by a later one publishes its lease
 *   TRIMMED_UNSEEN         the revocation was trimmed before the node saw it
 *   BY_APPLIED             revoke returns by `applied` alone
 *   BY_WAITING             revoke returns by waiting alone
 */

#include "common.h"

#ifndef POSITIONS
#define POSITIONS 3
#endif
#ifndef MINE
#define MINE 2
#endif
#define LEASE 2

/* The store. */
byte position, trimmed;              /* log rows are those above trimmed */
byte applied;

/* The facts. */
byte left, reached, floor;
bool revoked;                        /* the digest at MINE is in the set */
byte age[2];
#ifdef MUT_SHARED_POSITION
bool together;                       /* the rows MINE - 1 and MINE were committed in one transaction */
#endif

bool returned;
byte waited = LEASE;

active proctype Time() {
  do
  :: d_step { rundown(left); grow(age[0], LEASE); grow(age[1], LEASE); grow(waited, LEASE) }
  od
}

active proctype Trim() {
  do
  :: d_step { trimmed < position -> trimmed++ }
  od
}

#define max(a, b) (a > b -> a : b)

proctype Poll(byte n) {
  byte from, row, low, to;           /* `low`, `to`: the store's floor and position, as the statement read them */
#ifdef MUT_COMPLETE_BY_FIRST
  byte goal;
#endif
#ifdef SEE_PAGED
  bool paged;
#endif
poll:
  age[n] = 0;                                                     /* 1 */
  from = reached;
page:
  atomic {                                                        /* 2: one statement */
    to = position;
    low = trimmed;
    row = (to > max(from, low) -> max(from, low) + 1 : to);
#ifdef MUT_COMPLETE_BY_FIRST
    goal = (goal == 0 -> to : goal)
#endif
  };
#ifdef MUT_FALL_BY_NOW
  promise(to >= reached);
#else
  promise(to >= from);                                            /* 3 */
#endif
#ifdef MUT_REACHED_FIRST
  reached = max(reached, row);
#endif
#ifdef MUT_SHARED_POSITION
  if :: together && row == MINE - 1 && low < row -> row = MINE :: else fi;
  if :: row == MINE && low < row && !together -> revoked = true :: else fi;
#else
  if :: row == MINE && low < row -> revoked = true :: else fi;                           /* 4 */
#endif
#ifdef MUT_FLOOR_AFTER_COUNT
  d_step { reached = max(reached, row); from = row };
  if :: low > from -> floor = max(floor, low) :: else fi;
#else
#ifdef MUT_FLOOR_LAST_PAGE
  if :: row == to && low > from -> floor = max(floor, low) :: else fi;
#else
  if :: low > from -> floor = max(floor, low) :: else fi;         /* 5 */
#endif
  d_step { reached = max(reached, row); from = row };
#endif
#ifdef MUT_APPLIED_IS_POSITION
  applied = max(applied, to);
#endif
#ifdef MUT_LEASE_EVERY_PAGE
  left = LEASE - age[n];
#endif
  if
#ifdef MUT_COMPLETE_BY_FIRST
  :: row < goal -> age[n] = 0; goto page
  :: row >= goal -> goal = 0
#else
  :: row < to ->
#ifdef SEE_PAGED
     paged = true;
#endif
     age[n] = 0; goto page
  :: else
#endif
  fi;
#ifdef SEE_PAGED
  assert(!paged);
#endif
#ifdef SEE_OVERTAKEN
  assert(reached <= to || age[n] >= LEASE);
#endif
  d_step { left = LEASE - age[n]; age[n] = LEASE; from = 0; row = 0; low = 0; to = 0 };      /* 6 */
  applied = max(applied, reached);                                /* 7 */
  goto poll
}

active proctype Others() {
  do
  :: d_step { position + 1 < MINE || position >= MINE && position < POSITIONS -> position++ }
  od
}

active proctype Logout() {
  d_step {
    true ->
#ifdef MUT_SHARED_POSITION
    together = position < MINE - 1;
#endif
    position = MINE; waited = 0                                   /* alone, or with the revocations before it */
  };
  if
  :: applied >= MINE
#ifdef SEE_BY_APPLIED
     -> assert(waited >= LEASE)
#endif
  :: waited >= LEASE
#ifdef SEE_BY_WAITING
     -> assert(applied >= MINE)
#endif
  fi;
  d_step { returned = true; waited = LEASE }
}

#define accepts (left > 0 && !revoked && MINE - 1 >= floor)

active proctype Validation() {
  do
#if defined(SEE_ACCEPTED)
  :: d_step { position == MINE - 1 -> assert(!accepts) }
#elif defined(SEE_TRIMMED_UNSEEN)
  :: d_step { returned -> assert(!(left > 0 && !revoked && floor >= MINE)) }
#else
  :: d_step { returned -> promise(!accepts) }
#endif
  od
}

init { atomic { run Poll(0); run Poll(1) } }
