/*
 * single: with lockstep.nodes=single, at most one node runs
 *
 * Three nodes, each with its lease. Node 0 runs; nodes 1 and 2 start, at any time, also at the same time. Each has at
 * most one row in the node table, which changes its id whenever the node registers anew. A node that is killed,
 * paused or cut off is one that takes no step for as long as it likes; a node that was killed and is started again is
 * node 1 or 2. Any number of polls, no last tick.
 *
 * Starting: in one transaction under the clock lock a node registers, notes the rows it finds, and fences them. It
 * waits twice as long as each of them may hold a lease (here: the longest of them). Then, in one transaction under the
 * clock lock: if another row is there that it had not found, it deletes its own row and fails; else it deletes the
 * rows it had found, and runs. (Of two that start together, the first to register fails.)
 * Running: a poll that finds its row fenced registers anew, in one transaction under the clock lock that replaces the
 * fenced row; where that row is gone, another node has taken over, and this one goes through the start again.
 *
 * Promise: no two nodes hold a running lease at the same time.
 *
 * Mutations
 *   STARTS_AT_ONCE         a starting node doesn't wait
 *   WAITS_OWN              a starting node waits for its own lease, not for those of the rows it found
 *   NEWCOMERS_IGNORED      a starting node doesn't look for new rows when it has waited
 *   LOOKS_THEN_DELETES     a starting node looks, and deletes the old rows in a second transaction
 *   RETURNS_UNASKED        a running node whose row is gone registers anew without going through the start
 *   LOOKS_THEN_REGISTERS   a running node looks at its old row, and registers in a second transaction
 *   NO_FENCE               a starting node doesn't fence the rows it finds
 *
 * Witnesses
 *   TAKEN_OVER             node 1 runs with a lease after node 0
 *   TAKEN_OVER_TWICE       node 2 runs with a lease after node 1, after node 0
 *   REFUSED                node 1 fails since node 0 registered anew
 *   REFUSED_BY_NEXT        node 1 fails since node 2 started meanwhile
 *   YIELDED                node 0 finds its row gone
 *   RETURNED               node 0 finds its row gone, goes through the start and runs again after node 1
 *   LIVES_ON               node 0 has a lease after node 1 has failed
 */

#include "common.h"

#define NODES 3
#define LEASE(n) (n == 0 -> 3 : 1)
#define LONGEST 3

/* The node table. */
bool exists[NODES], fenced[NODES];

/* For each starting node, NODES * itself + other: the row it found, and whether a newer one has appeared since. */
bool found[NODES * NODES], fresh[NODES * NODES];
#define of(n, m) (NODES * (n) + (m))

/* The nodes. */
byte left[NODES], age[NODES] = LONGEST, waited[NODES];

active proctype Time() {
  byte i;
  do
  :: d_step {
       for (i : 0 .. NODES - 1) { rundown(left[i]); grow(age[i], LEASE(i)); rundown(waited[i]) }
       i = 0
     }
  od
}

inline registers() {
  exists[n] = true; fenced[n] = false;
  for (m : 0 .. NODES - 1) { fresh[of(m, n)] = true }
  m = 0
}

#define another(n) (exists[0] && n != 0 && (!found[of(n, 0)] || fresh[of(n, 0)]) || \
                    exists[1] && n != 1 && (!found[of(n, 1)] || fresh[of(n, 1)]) || \
                    exists[2] && n != 2 && (!found[of(n, 2)] || fresh[of(n, 2)]))

#ifdef MUT_NEWCOMERS_IGNORED
#define in_vain(n) false
#else
#define in_vain(n) another(n)
#endif

proctype Node(byte n) {
  byte m;
  bool dead, gone;
  if
  :: n == 0
  :: else -> goto start
  fi;

running:
  age[n] = 0;
  d_step { gone = !exists[n]; dead = exists[n] && fenced[n] };
  if
  :: gone ->
#ifdef SEE_YIELDED
     assert(n != 0);
#endif
#ifdef MUT_RETURNS_UNASKED
     d_step { registers(); gone = false; age[n] = LEASE(n) }; goto running
#else
     gone = false; goto start
#endif
  :: dead ->
#ifdef MUT_LOOKS_THEN_REGISTERS
     if :: exists[n] -> skip :: else -> dead = false; goto start fi;
     d_step { registers(); dead = false; age[n] = LEASE(n) }; goto running
#else
     if
     :: d_step { exists[n] -> registers(); dead = false; age[n] = LEASE(n) }; goto running
     :: !exists[n] -> dead = false; goto start
     fi
#endif
  :: d_step { !gone && !dead -> left[n] = LEASE(n) - age[n]; age[n] = LEASE(n) };
#ifdef SEE_LIVES_ON
     assert(!(n == 0 && left[0] > 0 && found[of(1, 0)] && !exists[1] && fresh[of(1, 0)]));
#endif
     goto running
  fi;

start:
  atomic {
    registers();
    for (m : 0 .. NODES - 1) {
      found[of(n, m)] = exists[m] && m != n;
      fresh[of(n, m)] = false;
#ifdef MUT_WAITS_OWN
      waited[n] = LEASE(n);
#else
      waited[n] = (exists[m] && m != n && LEASE(m) > waited[n] -> LEASE(m) : waited[n]);
#endif
#ifndef MUT_NO_FENCE
      fenced[m] = fenced[m] || found[of(n, m)]
#endif
    }
    m = 0;
    waited[n] = 2 * waited[n]
  };
#ifndef MUT_STARTS_AT_ONCE
  waited[n] == 0;
#endif
#ifdef MUT_LOOKS_THEN_DELETES
  if
  :: in_vain(n) -> exists[n] = false; goto stopped
  :: else
  fi;
#endif
  d_step {
    true ->
#ifdef MUT_LOOKS_THEN_DELETES
    gone = false;
#else
    gone = in_vain(n);
#endif
#ifdef SEE_REFUSED
    assert(!(n == 1 && gone && fresh[of(1, 0)] && !exists[2]));
#endif
#ifdef SEE_REFUSED_BY_NEXT
    assert(!(n == 1 && gone && exists[2] && !fresh[of(1, 0)]));
#endif
    if
    :: gone -> exists[n] = false; fenced[n] = false
    :: else ->
       for (m : 0 .. NODES - 1) {
         exists[m] = exists[m] && m == n;
         fenced[m] = fenced[m] && m == n
       }
       m = 0
    fi
  };
  if
  :: !gone -> goto running
  :: gone
  fi;
stopped:
  gone = false; dead = false
}

active proctype Watch() {
  do
#if defined(SEE_TAKEN_OVER)
  :: d_step { left[1] > 0 -> assert(!found[of(1, 0)]) }
#elif defined(SEE_RETURNED)
  :: d_step { left[0] > 0 -> assert(!(found[of(1, 0)] && found[of(0, 1)] && !exists[1])) }
#elif defined(SEE_TAKEN_OVER_TWICE)
  :: d_step { left[2] > 0 -> assert(!(found[of(1, 0)] && found[of(2, 1)] && !found[of(2, 0)] && !exists[0])) }
#else
  :: d_step {
       left[0] > 0 && left[1] > 0 || left[0] > 0 && left[2] > 0 || left[1] > 0 && left[2] > 0 -> promise(false)
     }
#endif
  od
}

init { atomic { exists[0] = true; run Node(0); run Node(1); run Node(2) } }
