/**
 * The migration tool: what it works on and what its commands share. Flyway, JDBC and nothing of
 * Spring, so that a command answers in about a second.
 */
@NullMarked
package io.a2g.common.migrate;

import org.jspecify.annotations.NullMarked;
