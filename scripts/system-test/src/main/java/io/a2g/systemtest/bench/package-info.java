/** What the scripts of scripts/bench measure in Java. */
@NullMarked
package io.a2g.systemtest.bench;

import org.jspecify.annotations.NullMarked;
