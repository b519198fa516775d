/** The tables the tool keeps in each schema: who did what to it and why, and whether it is held. */
@NullMarked
package io.a2g.common.migrate.audit;

import org.jspecify.annotations.NullMarked;
