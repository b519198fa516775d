/**
 * Sends boundary values to every operation of the five OpenAPI documents and holds the answers
 * against them: {@code scripts/check-api.sh fuzz}.
 */
@NullMarked
package io.a2g.systemtest.fuzz;

import org.jspecify.annotations.NullMarked;
