/** What may stand in a log line: no secret, and nothing that looks like another line. */
@NullMarked
package io.a2g.common.logging;

import org.jspecify.annotations.NullMarked;
