/** What the demo, the race and the benchmarks share: the platform over HTTP, JSON and settings. */
@NullMarked
package io.a2g.systemtest;

import org.jspecify.annotations.NullMarked;
