/*
 * forgetting: the revoked set in two generations, dropped one at a time under readers that take no lock
 *
 * The set is two generations, `young` and `old`. Digests are put into the young one, by the feed and by pushes. To
 * forget is to raise the floor to the newest position in the old generation, to make the young one the old one, and to
 * begin a new young one. Writers exclude each other; readers look into young, then old, then at the floor.
 * One digest (position 1) is put in and acknowledged, once or often; everything else in the set only makes it forget.
 * Any number of rounds. The lease runs all the time, and the logout returns with the first acknowledgement.
 *
 * Mutations
 *   OLD_FIRST              a reader looks into old, then young
 *   FLOOR_FIRST            a reader reads the floor first
 *   DROPPED_FIRST          the old generation is dropped, then the floor is raised
 *   YOUNG_FIRST            the new young generation is begun before the last one has become the old one
 *   FLOOR_OF_FEED          the floor is raised only as far as the feed has come, not to what was pushed
 *   UNGUARDED              a push takes the young generation, and puts the digest in without excluding the forgetting
 *
 * Witnesses
 *   YOUNG                  the digest is found in the young generation
 *   OLD                    the digest is found in the old generation
 *   FORGOTTEN              the digest is found in neither, and the floor refuses the copy
 */

#include "common.h"

bool young, old, floor;              /* the digest is in that generation; the floor is at its position */
bool fed;                            /* the feed has come to position 1 */
bool writing;                        /* the writers' lock */
bool returned;
#ifdef MUT_UNGUARDED
byte age;                            /* of the young generation that the push took: 0 young, 1 old, 2 dropped */
#endif

active proctype Push() {
  do
#ifdef MUT_UNGUARDED
  :: age = 0;
     if
     :: age == 0 -> young = true
     :: age == 1 -> old = true
     :: age == 2                     /* put where nobody looks any more */
     fi;
     returned = true
#else
  :: d_step { !writing -> writing = true };
     young = true;
     d_step { writing = false; returned = true }
#endif
  od
}

active proctype Feed() {
  d_step { !writing -> writing = true };
  young = true;
  d_step { fed = true; writing = false }
}

active proctype Forget() {
  bool was;
  do
  :: d_step { !writing -> writing = true };
#ifdef MUT_DROPPED_FIRST
     was = old;
#else
#ifdef MUT_FLOOR_OF_FEED
     if :: old && fed -> floor = true :: else fi;
#else
     if :: old -> floor = true :: else fi;
#endif
#endif
#ifdef MUT_YOUNG_FIRST
     was = young;
     young = false;
     old = was;
#else
     old = young;
     young = false;
#endif
#ifdef MUT_DROPPED_FIRST
     if :: was -> floor = true :: else fi;
#endif
#ifdef MUT_UNGUARDED
     grow(age, 2);
#endif
     d_step { was = false; writing = false }
  od
}

active proctype Validation() {
  bool found;
  bool late;
  returned;
#ifdef MUT_FLOOR_FIRST
  late = floor;
#endif
#ifdef MUT_OLD_FIRST
  found = old;
  found = found || young;
#else
  found = young;
#ifdef SEE_YOUNG
  assert(!found);
#endif
  if :: !found -> found = old
#ifdef SEE_OLD
     ; assert(!found)
#endif
  :: else
  fi;
#endif
#ifndef MUT_FLOOR_FIRST
  late = floor;
#endif
#ifdef SEE_FORGOTTEN
  assert(found)
#else
  promise(found || late)
#endif
}
