/** The main job of the platform on real input, told and checked. */
@NullMarked
package io.a2g.systemtest.demo;

import org.jspecify.annotations.NullMarked;
