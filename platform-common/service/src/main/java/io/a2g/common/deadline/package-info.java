/** How long a request may use the database. */
@NullMarked
package io.a2g.common.deadline;

import org.jspecify.annotations.NullMarked;
