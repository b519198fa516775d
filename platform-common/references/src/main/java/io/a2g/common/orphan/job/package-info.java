/** Runs the scan of references in every service that has some, and shows its outcome as meters. */
@NullMarked
package io.a2g.common.orphan.job;

import org.jspecify.annotations.NullMarked;
