/**
 * Calls to services whose schema is in another database: which those are, the client, and who may
 * call the internal endpoints here.
 */
@NullMarked
package io.a2g.common.peer;

import org.jspecify.annotations.NullMarked;
