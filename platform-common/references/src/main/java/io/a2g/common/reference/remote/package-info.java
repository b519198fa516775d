/**
 * References to rows in other databases, with the same promise as those in one database: a
 * reservation at the owner stands for the lock, and a mark at the holder for the end of its
 * transaction.
 *
 * <p><b>Why no orphan is possible.</b> A child transaction C gets reservation r committed at the
 * owner (which pinned the live parent for that), then inserts the mark r in its own transaction
 * with its row, then commits. Whoever deletes the parent has it locked first, so from then on no
 * further reservation of it can be committed, and every committed one is seen. Each is settled: the
 * holder inserts the mark r itself, as ABANDONED, and commits. Either C has committed: then the
 * mark is there, and so is the row, and the question "who holds this?", asked after, finds it. Or C
 * has inserted its mark and runs: then the insert waits for C's end, or gives up and nothing is
 * deleted. Or C has not got that far: then the mark is taken, C's own insert finds that out and C
 * rolls back, however long it was paused. There is no fourth case, and no clock decides anything.
 *
 * <p>A mark is needed as long as C can live. C begins on the server before it reserves, and the
 * server ends it when it is idle for a minute; marks are removed after seven days.
 */
@NullMarked
package io.a2g.common.reference.remote;

import org.jspecify.annotations.NullMarked;
