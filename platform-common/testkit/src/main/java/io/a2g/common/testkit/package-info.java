/** The test kit: a real service on a real database, reached over real HTTP. */
@NullMarked
package io.a2g.common.testkit;

import org.jspecify.annotations.NullMarked;
