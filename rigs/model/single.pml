/*
 * single: with lockstep.nodes=single, at most one node runs
 *
 * Node 0 runs; the others start, at any time, also at the same time. Two have different leases. A node that is
 * killed, paused or cut off is one that takes no step for as long as it likes; a node that was killed and is started
 * again is another node. Any number of polls, no last tick.
 *
 * A node has a row in the node table, and for a moment a former one. Registering is one transaction under the clock lock;
 * each other look into the table, fencing, and deletion is a statement of its own.
 *
 * To put nodes to the test is to fence the rows that were found, to wait as long as any of them may hold a lease, to
 * delete these rows, and then to look for newer rows of the same nodes: these are alive. So they are as soon as such a row
 * is seen. A row of a node that was not found is left alone: its node has found this one.
 *
 * Starting: a node registers, and notes in the same transaction which rows there are. It begins to poll, and puts the
 * others to the test; if one is alive, it stops, else it runs.
 * Polling: a poll that finds the node's row fenced or gone grants nothing more to these facts. The node registers anew,
 * then looks for its former row: if that is there, it deletes it and goes on. Else another has taken its place, or is about
 * to: it looks for others, and puts them to the test. If one is alive it gives way, and registers again when there is none.
 *
 * Promise: no two nodes that run hold a running lease at the same time.
 *
 * Bounds
 *   -DNODES=2
 *   -DNODES=3
 *
 * Mutations
 *   STARTS_AT_ONCE         a node that finds others doesn't wait
 *   WAITS_OWN              … waits for its own lease, not for those of the rows it found
 *   SIGNS_IGNORED          … doesn't look for newer rows when it has waited
 *   LOOKS_THEN_DELETES     … looks for newer rows, then deletes the old ones
 *   NO_FENCE               … doesn't fence the rows it finds
 *   RETURNS_UNASKED        a running node that has registered anew doesn't look for its former row
 *   LOOKS_THEN_REGISTERS   … looks for it before it registers
 *   RUNS_WHILE_IT_TESTS    a starting node runs before its test is over
 *
 * Witnesses
 *   TAKEN_OVER             node 1 runs with a lease after node 0
 *   TAKEN_OVER_TWICE       node 2 runs with a lease after node 1, after node 0
 *   REFUSED                node 1 stops since node 0 registered anew
 *   REFUSED_BY_NEXT        node 2 stops since node 1, which started too, registered anew
 *   GAVE_WAY               node 0 gives way to node 1
 *   RETURNED               node 0 finds its row gone, puts node 1 to the test and runs again
 *   BACK                   node 0, which gave way, runs again when no other is there
 *   LIVES_ON               node 0 has a lease after node 1 has stopped
 */

#include "common.h"

#ifndef NODES
#define NODES 2
#endif
#if NODES > 2
#define LEASE(n) 1
#define LONGEST 1
#else
#define LEASE(n) (n == 0 -> 2 : 1)
#define LONGEST 2
#endif

/* The node table: each node's row, whether it is fenced, and its former row. */
bool row[NODES], fenced[NODES], former[NODES];

/* The tests: one of each node's polls, one of the start of each but node 0. */
#define TESTS (NODES + NODES - 1)
#define start_of(n) (NODES + (n) - 1)
#define ABSENT 0                     /* not found */
#define FOUND 1                      /* found: its row is that one still, or gone */
#define ONCE 2                       /* it has registered anew since: what was found is its former row */
#define MORE 3                       /* more than once: what was found is gone */
byte seen[TESTS * NODES];
#define of(t, n) seen[NODES * (t) + (n)]
byte waited[TESTS];

/* The nodes. */
byte left[NODES], age[NODES] = LONGEST;
bool runs[NODES], stops[NODES];
bool registered;                     /* node 1 has; of nodes that are alike it is the first */
#ifdef SEE_BACK
bool gave_way;                       /* node 0 */
#endif

active proctype Time() {
  byte i;
  do
  :: d_step {
       for (i : 0 .. NODES - 1) { rundown(left[i]); grow(age[i], LEASE(i)) }
       for (i : 0 .. TESTS - 1) { rundown(waited[i]) }
       i = 0
     }
  od
}

inline registers() {
  former[n] = row[n]; row[n] = true; fenced[n] = false;
  for (m : 0 .. TESTS - 1) { of(m, n) = (of(m, n) == FOUND -> ONCE : (of(m, n) == ONCE -> MORE : of(m, n))) }
  m = 0
}

#define there(m) (row[m] || former[m])
#define alone(n) (no_other(n, 0) && no_other(n, 1) && no_other(n, NODES - 1))
#define no_other(n, m) (n == m || !there(m))

inline looks(t) {
  for (m : 0 .. NODES - 1) { of(t, m) = (m != n && there(m) -> FOUND : ABSENT) }
  m = 0
}

#define none_seen(t) (of(t, 0) == ABSENT && of(t, 1) == ABSENT && of(t, NODES - 1) == ABSENT)
#define alive(t, m) (of(t, m) >= ONCE && row[m] || of(t, m) == MORE && former[m])
#ifdef MUT_SIGNS_IGNORED
#define sign(t) false
#else
#define sign(t) (alive(t, 0) || alive(t, 1) || alive(t, NODES - 1))
#endif

#ifdef MUT_WAITS_OWN
#define wait_for(m) LEASE(n)
#else
#define wait_for(m) LEASE(m)
#endif

inline fences(t) {
  for (m : 0 .. NODES - 1) {
#ifndef MUT_NO_FENCE
    fenced[m] = fenced[m] || of(t, m) == FOUND && row[m];
#endif
#ifndef MUT_STARTS_AT_ONCE
    waited[t] = (of(t, m) != ABSENT && wait_for(m) > waited[t] -> wait_for(m) : waited[t])
#endif
  }
  m = 0
}

/* Waits and deletes; goes on where a newer row was seen (`other`), or where it is time for the last look. */
inline tests(t) {
  if
  :: d_step { sign(t) -> other = true }
#ifdef MUT_LOOKS_THEN_DELETES
  :: waited[t] == 0 && !sign(t) ->
     d_step {
       true ->
#else
  :: d_step {
       waited[t] == 0 ->
#endif
       for (m : 0 .. NODES - 1) {
         row[m] = row[m] && of(t, m) != FOUND;
         fenced[m] = fenced[m] && row[m];
         former[m] = former[m] && of(t, m) != FOUND && of(t, m) != ONCE
       }
       m = 0
     }
  fi
}

#ifdef MUT_LOOKS_THEN_DELETES
#define is_alive(t) other
#else
#define is_alive(t) (other || sign(t))
#endif

inline forgets(t) {
  for (m : 0 .. NODES - 1) { of(t, m) = ABSENT }
  m = 0; waited[t] = 0
}

proctype Feed(byte n) {
  byte m;
  bool dead, other;
polling:
  if
  :: d_step { stops[n] -> row[n] = false }; goto stopped
  :: d_step { !stops[n] -> age[n] = 0; dead = !row[n] || fenced[n] }
  fi;
  if
  :: d_step { !dead -> left[n] = LEASE(n) - age[n]; age[n] = LEASE(n) };
#ifdef SEE_LIVES_ON
     assert(!(n == 0 && left[0] > 0 && stops[1] && !row[1]));
#endif
     goto polling
  :: d_step { dead -> left[n] = 0; age[n] = LEASE(n); dead = false }
  fi;
afresh:
#ifdef MUT_LOOKS_THEN_REGISTERS
  dead = !row[n];
  if :: d_step { true -> registers() } fi;
  if
  :: !dead -> former[n] = false; goto polling
  :: dead -> dead = false
  fi;
#else
  if :: d_step { true -> registers() } fi;
#ifdef MUT_RETURNS_UNASKED
  former[n] = false; goto polling;
#endif
  if
  :: d_step { former[n] -> former[n] = false }; goto polling
  :: !former[n]
  fi;
#endif
  if
  :: alone(n) ->
#ifdef SEE_BACK
     assert(!gave_way);
#endif
     goto polling
  :: d_step { !alone(n) -> looks(n); fences(n) }
  fi;
  tests(n);
  if
  :: d_step {
       !is_alive(n) ->
#ifdef SEE_RETURNED
       assert(n != 0);
#endif
       forgets(n)
     };
     goto polling
  :: d_step {
       is_alive(n) ->
#ifdef SEE_GAVE_WAY
       assert(n != 0);
#endif
#ifdef SEE_BACK
       gave_way = gave_way || n == 0;
#endif
       forgets(n); row[n] = false; fenced[n] = false; other = false
     }
  fi;
  if
  :: stops[n]
  :: alone(n) && !stops[n] -> goto afresh
  fi;
stopped:
  skip
}

proctype Start(byte n) {
  byte m;
  bool other;
  if
  :: d_step { n == 1 || registered -> registers(); looks(start_of(n)); registered = true }
  fi;
#ifdef MUT_RUNS_WHILE_IT_TESTS
  runs[n] = true;
#endif
  run Feed(n);
  if
  :: none_seen(start_of(n)) -> runs[n] = true
  :: !none_seen(start_of(n)) ->
     if :: d_step { true -> fences(start_of(n)) } fi;
     tests(start_of(n));
     if
     :: d_step { !is_alive(start_of(n)) -> forgets(start_of(n)); runs[n] = true }
     :: d_step {
          is_alive(start_of(n)) ->
#ifdef SEE_REFUSED
          assert(n != 1 || alive(start_of(1), NODES - 1) && NODES > 2);
#endif
#ifdef SEE_REFUSED_BY_NEXT
          assert(n != 2 || alive(start_of(2), 0));
#endif
          forgets(start_of(n)); stops[n] = true; other = false
        }
     fi
  fi
}

#define running(n) (runs[n] && left[n] > 0)

active proctype Watch() {
#ifdef SEE_TAKEN_OVER_TWICE
  bool first, second;
#endif
  do
#if defined(SEE_TAKEN_OVER)
  :: d_step { running(1) -> assert(false) }
#elif defined(SEE_TAKEN_OVER_TWICE)
  :: d_step { running(0) -> first = true }
  :: d_step { running(1) && first -> second = true }
  :: d_step { NODES > 2 && running(NODES - 1) && second -> assert(false) }
#else
  :: d_step {
       running(0) && running(1) || NODES > 2 && (running(0) || running(1)) && running(NODES - 1) -> promise(false)
     }
#endif
  od
}

init {
  byte n;
  atomic {
    row[0] = true; runs[0] = true; run Feed(0);
    for (n : 1 .. NODES - 1) { run Start(n) }
    n = 0
  }
}
