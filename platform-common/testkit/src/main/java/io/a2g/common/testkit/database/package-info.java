/**
 * The one place where test databases come from: real PostgreSQL servers, with the platform's
 * schemas when asked.
 */
@NullMarked
package io.a2g.common.testkit.database;

import org.jspecify.annotations.NullMarked;
