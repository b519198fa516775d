/** What every answer and every request must hold to, whatever the feature. */
@NullMarked
package io.a2g.common.hardening;

import org.jspecify.annotations.NullMarked;
