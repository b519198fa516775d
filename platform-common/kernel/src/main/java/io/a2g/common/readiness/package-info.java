/** Whether the schema of a service is complete, for everything that has to wait for it. */
@NullMarked
package io.a2g.common.readiness;

import org.jspecify.annotations.NullMarked;
